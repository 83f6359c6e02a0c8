package io.socketharness;

import io.socketharness.internal.spec.ServerUrl;
import io.socketharness.internal.spec.TransportNames;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Capture;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The immutable specification of a server, read from a URL by {@link #parse parse} or made with a
 * {@link #builder(String) builder}.
 *
 * <p>A feature that the transport does not support is refused here, with the reason, before the server starts.
 */
public final class ServerSpec {

    /** The default host. It is reachable from this machine only. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    private final SpecValues values;

    ServerSpec(SpecValues values) {
        this.values = values.copy();
    }

    /**
     * Reads a URL: a transport, an address and options.
     *
     * <table>
     * <caption>Forms of URLs</caption>
     * <tr><th>URL</th><th>server</th></tr>
     * <tr><td>{@code tcp:}</td><td>TCP on a free port of 127.0.0.1</td></tr>
     * <tr><td>{@code tcp://localhost:0}, {@code udp://[::1]:0}</td><td>on a free port of that address; an IPv6 address
     * is in brackets, with a zone if it needs one</td></tr>
     * <tr><td>{@code 127.0.0.1:0}</td><td>the same, over TCP</td></tr>
     * <tr><td>{@code tls:}, {@code ssl:}</td><td>TLS over TCP</td></tr>
     * <tr><td>{@code tlsv1.3:}, {@code tlsv1.2:}</td><td>TLS of that version only; also {@code tlsv1.1:} and
     * {@code tlsv1.0:} if the JVM allows them</td></tr>
     * <tr><td>{@code dtls:}</td><td>DTLS over UDP</td></tr>
     * <tr><td>{@code unix:}, {@code udg:}</td><td>a Unix stream or datagram socket at a private path</td></tr>
     * <tr><td>{@code unix:/run/x.sock}, {@code unix:///run/x.sock}</td><td>a Unix socket at that path, which is used
     * unchanged; a path with a question mark needs the builder</td></tr>
     * <tr><td>{@code unix:@name}</td><td>a Unix socket with an abstract name</td></tr>
     * </table>
     *
     * <p>Options follow a question mark, as in {@code tcp:?backlog=1&timeout=10s}. They have the names of the builder's
     * methods: {@code backlog}, {@code timeout}, {@code strict}, {@code optional}, {@code conversation},
     * {@code recordingLimit}, {@code messageLimit}, {@code skipIfUnsupported}, {@code name}; for Unix sockets
     * {@code umask}, {@code mode} and {@code replaceStale}; for TLS {@code certificate}, {@code certificateHosts},
     * {@code clientCertificate}, {@code protocols}, {@code cipherSuites} and {@code applicationProtocols}, and
     * {@code resumption=false} for {@link io.socketharness.tls.TlsSessions#none()}; for the network
     * {@code receiveBuffer}, {@code network} and {@code seed}. Commas separate several values.
     *
     * @param url the URL
     * @return the specification
     * @throws IllegalArgumentException if the URL has another form; the message says what was found and what is allowed
     */
    public static ServerSpec parse(String url) {
        return ServerUrl.parse(url);
    }

    /**
     * Returns a builder with default values.
     *
     * @param transport the transport
     * @return a builder
     */
    public static ServerSpecBuilder builder(Transport transport) {
        return new ServerSpecBuilder(new SpecValues(transport));
    }

    /**
     * Returns a builder with default values. If the name contains a version of TLS, only that version is enabled.
     *
     * @param transport a name of {@link Transport#named}, such as {@code tcp} or {@code tlsv1.2}
     * @return a builder
     * @throws IllegalArgumentException if no transport has that name, or this JVM has disabled that version of TLS
     */
    public static ServerSpecBuilder builder(String transport) {
        ServerSpecBuilder builder = builder(Transport.named(transport));
        TransportNames.protocol(transport)
                .ifPresent(version ->
                        builder.tls(TlsSettings.builder().protocols(version).build()));
        return builder;
    }

    /**
     * Returns a builder with the values of this specification.
     *
     * @return a builder
     */
    public ServerSpecBuilder toBuilder() {
        return new ServerSpecBuilder(values.copy());
    }

    /**
     * Returns the transport.
     *
     * @return the transport
     */
    public Transport transport() {
        return values.transport;
    }

    /**
     * Returns the host that the server is bound to.
     *
     * @return an address or a host name
     */
    public String host() {
        return values.host;
    }

    /**
     * Returns the port.
     *
     * @return the port; 0 for a free one
     */
    public int port() {
        return values.port;
    }

    /**
     * Returns the path or the abstract name of a Unix socket.
     *
     * @return an absolute path, or {@code @} and a name; empty for a private path and for other transports
     */
    public Optional<String> path() {
        return Optional.ofNullable(values.unix.path());
    }

    /**
     * Returns the umask that determines the permissions of a Unix socket's file.
     *
     * @return from 0 to 0777; empty if a mode or neither is set
     */
    public OptionalInt umask() {
        Integer umask = values.unix.umask();
        return umask == null ? OptionalInt.empty() : OptionalInt.of(umask);
    }

    /**
     * Returns the permissions of a Unix socket's file.
     *
     * @return from 0 to 0777; empty if neither mode nor umask is set: then the umask of the process applies
     */
    public OptionalInt mode() {
        return values.unix.permissions();
    }

    /**
     * Returns whether a Unix socket's file is replaced if its server process has ended.
     *
     * @return false unless set
     */
    public boolean replacesStale() {
        return values.unix.replaceStale();
    }

    /**
     * Returns whether an extension skips the test if this machine does not support the server.
     *
     * @return false unless set
     */
    public boolean isSkipIfUnsupported() {
        return values.skipIfUnsupported;
    }

    /**
     * Returns how many connections may wait to be accepted. Linux allows one more.
     *
     * @return 1 or more
     */
    public int backlog() {
        return values.backlog;
    }

    /**
     * Returns the limit of each wait of the test.
     *
     * @return 5 s unless set
     */
    public Duration timeout() {
        return values.timeout;
    }

    /**
     * Returns whether an extension verifies the server when the test ends.
     *
     * @return true unless set
     */
    public boolean isStrict() {
        return values.strict;
    }

    /**
     * Returns whether a script may stay unused.
     *
     * @return false unless set
     */
    public boolean isOptional() {
        return values.optional;
    }

    /**
     * Returns whether the clients of a datagram server have separate conversations or share one.
     *
     * @return {@link ConversationMode#EACH} unless set
     */
    public ConversationMode conversation() {
        return values.conversation;
    }

    /**
     * Returns how many bytes the recording keeps.
     *
     * @return 16 MiB unless set
     */
    public long recordingLimit() {
        return values.recordingLimit;
    }

    /**
     * Returns the maximum size of a line or message, in bytes.
     *
     * @return 1 MiB unless set
     */
    public int messageLimit() {
        return values.messageLimit;
    }

    /**
     * Returns the name of the server in messages, where it follows the address.
     *
     * @return such as {@code LoginTest.mail}; empty unless set
     */
    public Optional<String> name() {
        return Optional.ofNullable(values.name);
    }

    /**
     * Returns the script for every connection that none of {@link #scripts()} serves.
     *
     * @return empty unless set
     */
    public Optional<Script> script() {
        return Optional.ofNullable(values.script);
    }

    /**
     * Returns the scripts that serve one connection each: in the order of acceptance, or, from a tape, by the first
     * message of the client if possible.
     *
     * @return the scripts, or those of the connections of the {@link #tape()}; empty unless set
     */
    public List<Script> scripts() {
        return values.tape == null ? values.scripts : values.tape.scripts();
    }

    /**
     * Returns the tape that the server replays.
     *
     * @return empty unless set
     */
    public Optional<Tape> tape() {
        return Optional.ofNullable(values.tape);
    }

    /**
     * Returns the settings of TLS, for {@link Transport#TLS}, {@link Transport#DTLS}, and scripts that start TLS.
     *
     * @return default settings unless set
     */
    public TlsSettings tls() {
        return values.tls;
    }

    /**
     * Returns the templates of the system properties that the server sets while it runs, see
     * {@link ServerSpecBuilder#properties}.
     *
     * @return the templates as they were given; empty unless set
     */
    public List<String> properties() {
        return values.properties.lines();
    }

    /**
     * Returns the size of the receive buffer of accepted connections.
     *
     * @return the size in bytes; 0 unless set: the system chooses it
     */
    public int receiveBuffer() {
        return values.receiveBuffer;
    }

    /**
     * Returns the network conditions between the server and its clients.
     *
     * @return the conditions in their order; empty unless set
     */
    public List<NetworkCondition> network() {
        return values.network;
    }

    /**
     * Returns the regular expressions of the secrets that dialogues, reports and tapes do not show.
     *
     * @return empty unless set
     */
    public List<String> redact() {
        return values.redact;
    }

    /**
     * Returns whether files show what went over the wire in a test.
     *
     * @return {@link Capture#ON_FAILURE} unless set
     */
    public Capture capture() {
        return values.capture;
    }

    /**
     * Returns the seed of the random decisions of the network conditions.
     *
     * @return 0 unless set: the server chooses one when it starts
     */
    public long seed() {
        return values.seed;
    }

    /**
     * Returns a URL that {@link #parse} reads, with the options that differ from their defaults. Scripts and properties
     * are omitted.
     */
    @Override
    public String toString() {
        return ServerUrl.format(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerSpec that
                && toString().equals(that.toString())
                && values.unix.equals(that.values.unix)
                && values.tls.equals(that.values.tls)
                && values.properties.equals(that.values.properties)
                && Objects.equals(values.script, that.values.script)
                && values.scripts.equals(that.values.scripts)
                && Objects.equals(values.tape, that.values.tape)
                && values.redact.equals(that.values.redact);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}

package io.socketharness;

import io.socketharness.internal.spec.PropertyTemplates;
import io.socketharness.internal.spec.ServerUrl;
import io.socketharness.internal.spec.TransportNames;
import io.socketharness.internal.spec.UnixOptions;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What server to start: immutable data, read from a URL with {@link #parse parse} or made with {@link #builder(String)
 * builder}.
 *
 * <p>What a transport cannot do is refused here, with the reason, before anything is started.
 */
public final class ServerSpec {

    /** The host of a server that names none: reachable from this machine alone. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    private final Transport transport;
    private final String host;
    private final int port;
    private final int backlog;
    private final Duration timeout;
    private final boolean strict;
    private final boolean optional;
    private final ConversationMode conversation;
    private final long recordingLimit;
    private final int messageLimit;
    private final @Nullable String name;
    private final @Nullable Script script;
    private final List<Script> scripts;
    private final TlsSettings tls;
    private final UnixOptions unix;
    private final boolean skipIfUnsupported;
    private final PropertyTemplates properties;

    ServerSpec(ServerSpecBuilder builder) {
        transport = builder.transport;
        host = builder.host;
        port = builder.port;
        backlog = builder.backlog;
        timeout = builder.timeout;
        strict = builder.strict;
        optional = builder.optional;
        conversation = builder.conversation;
        recordingLimit = builder.recordingLimit;
        messageLimit = builder.messageLimit;
        name = builder.name;
        script = builder.script;
        scripts = builder.scripts;
        tls = builder.tls;
        unix = builder.unix;
        skipIfUnsupported = builder.skipIfUnsupported;
        properties = builder.properties;
    }

    /**
     * Reads a URL: a transport, where to listen, and options.
     *
     * <table>
     * <caption>Forms of URLs</caption>
     * <tr><th>URL</th><th>server</th></tr>
     * <tr><td>{@code tcp:}</td><td>on a free port of 127.0.0.1</td></tr>
     * <tr><td>{@code tcp://localhost:0}, {@code udp://[::1]:0}</td><td>on a free port of that address; one of IPv6 stands in
     *     brackets, with a zone where it needs one</td></tr>
     * <tr><td>{@code 127.0.0.1:0}</td><td>the same, of TCP</td></tr>
     * <tr><td>{@code tls:}, {@code ssl:}</td><td>TLS over TCP</td></tr>
     * <tr><td>{@code tlsv1.3:}, {@code tlsv1.2:}</td><td>TLS of that version alone; also {@code tlsv1.1:} and {@code
     *     tlsv1.0:}, where the JVM allows them</td></tr>
     * <tr><td>{@code dtls:}</td><td>DTLS over UDP</td></tr>
     * <tr><td>{@code unix:}, {@code udg:}</td><td>a Unix socket at a private path, of streams or of datagrams</td></tr>
     * <tr><td>{@code unix:/run/x.sock}, {@code unix:///run/x.sock}</td><td>one at that path, which is taken as it is; a path
     *     with a question mark is for the builder</td></tr>
     * <tr><td>{@code unix:@name}</td><td>one with an abstract name</td></tr>
     * </table>
     *
     * <p>Options stand behind a question mark, as in {@code tcp:?backlog=1&timeout=10s}, by the names that the builder has:
     * {@code backlog}, {@code timeout}, {@code strict}, {@code optional}, {@code conversation}, {@code recordingLimit},
     * {@code messageLimit}, {@code skipIfUnsupported}, {@code name}; for Unix sockets {@code umask}, {@code mode} and
     * {@code replaceStale}; and for TLS {@code certificate}, {@code clientCertificate}, {@code protocols}, {@code
     * cipherSuites} and {@code applicationProtocols}, several values separated by commas.
     *
     * @param url what to start
     * @return the specification
     * @throws IllegalArgumentException if it is of another form, with what was found and what is allowed
     */
    public static ServerSpec parse(String url) {
        return ServerUrl.parse(url);
    }

    /**
     * Begins a specification with every value at its default.
     *
     * @param transport what the server speaks over
     * @return a builder
     */
    public static ServerSpecBuilder builder(Transport transport) {
        return new ServerSpecBuilder(transport);
    }

    /**
     * Begins a specification with every value at its default, but for the version of TLS that the name may ask for.
     *
     * @param transport its name, see {@link Transport#named}, such as {@code tcp} or {@code tlsv1.2}
     * @return a builder
     * @throws IllegalArgumentException if there is none of that name, or this JVM has disabled that version of TLS
     */
    public static ServerSpecBuilder builder(String transport) {
        ServerSpecBuilder builder = new ServerSpecBuilder(Transport.named(transport));
        TransportNames.protocol(transport)
                .ifPresent(version ->
                        builder.tls(TlsSettings.builder().protocols(version).build()));
        return builder;
    }

    /**
     * Begins a specification that differs from this one.
     *
     * @return a builder with the values of this one
     */
    public ServerSpecBuilder toBuilder() {
        return new ServerSpecBuilder(this);
    }

    /**
     * What the server speaks over.
     *
     * @return the transport
     */
    public Transport transport() {
        return transport;
    }

    /**
     * Where the server is bound.
     *
     * @return an address, or a name that stands for one
     */
    public String host() {
        return host;
    }

    /**
     * The port.
     *
     * @return 0 for one that is free
     */
    public int port() {
        return port;
    }

    /**
     * The file of a Unix socket, or its abstract name.
     *
     * @return an absolute path, or {@code @} and a name; nothing for a private path, and over other transports
     */
    public Optional<String> path() {
        return Optional.ofNullable(unix.path());
    }

    /**
     * The umask that gives the file of a Unix socket its permissions.
     *
     * @return from 0 to 0777; nothing where the specification has a mode or neither
     */
    public OptionalInt umask() {
        Integer umask = unix.umask();
        return umask == null ? OptionalInt.empty() : OptionalInt.of(umask);
    }

    /**
     * The permissions that the file of a Unix socket is to have.
     *
     * @return from 0 to 0777; nothing for those that the umask of the process leaves
     */
    public OptionalInt mode() {
        return unix.permissions();
    }

    /**
     * Tells whether a Unix socket's file that a dead process has left is replaced.
     *
     * @return false unless set
     */
    public boolean replacesStale() {
        return unix.replaceStale();
    }

    /**
     * Tells whether an extension skips the tests of a server that this machine cannot have.
     *
     * @return false unless set
     */
    public boolean isSkipIfUnsupported() {
        return skipIfUnsupported;
    }

    /**
     * How many connections may wait to be accepted; Linux lets in one more.
     *
     * @return 1 or more
     */
    public int backlog() {
        return backlog;
    }

    /**
     * How long the test's waits wait at most.
     *
     * @return 5 s unless set
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Tells whether an extension verifies the server when the test ends.
     *
     * @return true unless set
     */
    public boolean isStrict() {
        return strict;
    }

    /**
     * Tells whether a script that no connection ran is allowed.
     *
     * @return false unless set
     */
    public boolean isOptional() {
        return optional;
    }

    /**
     * What makes a conversation on a datagram server.
     *
     * @return {@link ConversationMode#EACH} unless set
     */
    public ConversationMode conversation() {
        return conversation;
    }

    /**
     * How many bytes the recording keeps.
     *
     * @return 16 MiB unless set
     */
    public long recordingLimit() {
        return recordingLimit;
    }

    /**
     * How many bytes a line or message may have.
     *
     * @return 1 MiB unless set
     */
    public int messageLimit() {
        return messageLimit;
    }

    /**
     * The name of the server in messages, behind its address.
     *
     * @return such as {@code LoginTest.mail}; nothing unless set
     */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /**
     * The script that serves every connection for which there is none of {@link #scripts()}.
     *
     * @return nothing unless set
     */
    public Optional<Script> script() {
        return Optional.ofNullable(script);
    }

    /**
     * Scripts that serve one connection each, in the order of acceptance.
     *
     * @return none unless set
     */
    public List<Script> scripts() {
        return scripts;
    }

    /**
     * How the server speaks TLS, over {@link Transport#TLS} or where its script begins it.
     *
     * @return every value at its default unless set
     */
    public TlsSettings tls() {
        return tls;
    }

    /**
     * The system properties that are set for as long as the server lives, see {@link ServerSpecBuilder#properties}.
     *
     * @return as they were given; none unless set
     */
    public List<String> properties() {
        return properties.lines();
    }

    /**
     * The URL that {@link #parse} reads back, with the options that are not at their defaults; scripts and properties are
     * left out.
     */
    @Override
    public String toString() {
        return ServerUrl.format(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerSpec that
                && toString().equals(that.toString())
                && unix.equals(that.unix)
                && tls.equals(that.tls)
                && properties.equals(that.properties)
                && Objects.equals(script, that.script)
                && scripts.equals(that.scripts);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}

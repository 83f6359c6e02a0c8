package io.socketharness;

import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.recording.Secrets;
import io.socketharness.internal.spec.PropertyTemplates;
import io.socketharness.internal.spec.Ranges;
import io.socketharness.internal.spec.SpecChecks;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Capture;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Builds a {@link ServerSpec}. Each method describes the default of its value. */
public final class ServerSpecBuilder {

    private final SpecValues values;

    ServerSpecBuilder(SpecValues values) {
        this.values = values;
    }

    /**
     * Sets the host to bind: 127.0.0.1 unless set. An IPv4 address, {@code 0.0.0.0} included, binds IPv4 only;
     * {@code ::} binds IPv4 and IPv6.
     *
     * @param newHost a host name, or an address without brackets, with a zone if needed
     * @return this builder
     */
    public ServerSpecBuilder host(String newHost) {
        values.host = Hosts.check(newHost);
        return this;
    }

    /**
     * Sets the port: a free one (0) unless set. A fixed port may be in use by another program; prefer a free one and
     * inject it.
     *
     * @param newPort from 0 to 65535
     * @return this builder
     */
    public ServerSpecBuilder port(int newPort) {
        values.port = Ranges.port(newPort);
        return this;
    }

    /**
     * Sets the path of a Unix socket. Unless set, the server creates a private path and deletes it when it is closed.
     *
     * <p>When the server is closed, it deletes the file at the specified path if the file is still its own. If a file
     * already exists at the path, the server leaves it alone and does not start, see {@link #replaceStale}.
     *
     * @param newPath an absolute path of at most 106 bytes (unix(7) allows 107, the JDK one less) in an existing
     *     directory; or {@code @} and an abstract name of at most 107 bytes, which has no file, exists on Linux only,
     *     and requires junixsocket
     * @return this builder
     */
    public ServerSpecBuilder path(String newPath) {
        values.unix = values.unix.path(newPath);
        return this;
    }

    /**
     * Sets the path of a Unix socket, see {@link #path(String)}.
     *
     * @param newPath an absolute path
     * @return this builder
     */
    public ServerSpecBuilder path(Path newPath) {
        return path(newPath.toString());
    }

    /**
     * Sets the umask for the file of a Unix socket, see umask(2). Unless set, the umask of the process applies. From
     * its creation the file has exactly the permissions that bind(2) gives under the umask: 0777 without the bits of
     * the umask. The umask of the process does not change. Linux allows a client to connect if it may write to the file
     * and enter its directory.
     *
     * <p>A socket at a specified {@link #path} is bound in a private directory next to the path, and linked to the path
     * when it is ready. Over {@code udg} this is always the case. A program that reads the name of its peer with
     * getpeername(2) or recvfrom(2) sees the name in that directory.
     *
     * @param octal from {@code 0} to {@code 0777}, such as {@code 0177} for a socket that only its owner can use
     * @return this builder
     */
    public ServerSpecBuilder umask(String octal) {
        values.unix = values.unix.umask(octal);
        return this;
    }

    /**
     * Sets the permissions of the file of a Unix socket directly, instead of a {@link #umask}. Unless set, they are
     * 0777 without the bits of the umask.
     *
     * @param octal from {@code 0} to {@code 0777}, such as {@code 0600}
     * @return this builder
     */
    public ServerSpecBuilder mode(String octal) {
        values.unix = values.unix.mode(octal);
        return this;
    }

    /**
     * Sets whether to replace a Unix socket's file if its server process has ended: false unless set. A file counts as
     * stale if it is a socket that refuses connections. The socket of a running server, or a file of another type, is
     * never replaced.
     *
     * @param on true to replace a stale file
     * @return this builder
     */
    public ServerSpecBuilder replaceStale(boolean on) {
        values.unix = values.unix.replaceStale(on);
        return this;
    }

    /**
     * Sets whether an extension skips the test, with the reason, if this machine does not support the server: false
     * unless set. With false the test fails with the reason.
     *
     * @param skip true to skip the test
     * @return this builder
     */
    public ServerSpecBuilder skipIfUnsupported(boolean skip) {
        values.skipIfUnsupported = skip;
        return this;
    }

    /**
     * Sets how many connections may wait to be accepted: 1024 unless set, see listen(2). Linux allows one more, and
     * limits the number to {@code net.core.somaxconn}. It leaves further connection attempts unanswered. Over TCP such
     * a client tries again after 1 s, 3 s and 7 s. Over Unix sockets it waits, or fails with "Resource temporarily
     * unavailable" if it is non-blocking. The server accepts as soon as its thread runs, so the queue is full only
     * while clients connect faster than that; below 10 this is common.
     *
     * @param newBacklog 1 or more
     * @return this builder
     */
    public ServerSpecBuilder backlog(int newBacklog) {
        values.backlog = Ranges.backlog(newBacklog);
        return this;
    }

    /**
     * Sets the limit of each wait of the test, including verification. The default is 5 s, or the value of the system
     * property {@code socketharness.timeout}, such as {@code 20s}, which applies to all servers.
     *
     * @param newTimeout more than zero
     * @return this builder
     */
    public ServerSpecBuilder timeout(Duration newTimeout) {
        values.timeout = Ranges.timeout(newTimeout);
        return this;
    }

    /**
     * Sets whether an extension verifies the server when the test ends: true unless set.
     *
     * @param newStrict false if the test verifies the server itself
     * @return this builder
     */
    public ServerSpecBuilder strict(boolean newStrict) {
        values.strict = newStrict;
        return this;
    }

    /**
     * Sets whether a script may stay unused: false unless set.
     *
     * @param newOptional true to allow unused scripts
     * @return this builder
     */
    public ServerSpecBuilder optional(boolean newOptional) {
        values.optional = newOptional;
        return this;
    }

    /**
     * Sets whether clients have separate conversations or share one: separate unless set. Datagrams only.
     *
     * @param newConversation the mode
     * @return this builder
     */
    public ServerSpecBuilder conversation(ConversationMode newConversation) {
        values.conversation = newConversation;
        return this;
    }

    /**
     * Sets how many bytes the recording keeps, sent and received, over all connections: 16 MiB unless set. Events have
     * a separate limit of the same size, at least 64 KiB; each read, write or datagram counts as 64 bytes. Beyond
     * either limit bytes are counted but not kept, and assertions on the connection say so.
     *
     * @param bytes from 0 to 1 GiB
     * @return this builder
     */
    public ServerSpecBuilder recordingLimit(long bytes) {
        values.recordingLimit = Ranges.recordingLimit(bytes);
        return this;
    }

    /**
     * Sets the maximum size of a line or message: 1 MiB unless set. A longer one is a failure.
     *
     * @param bytes from 1 to 1 GiB
     * @return this builder
     */
    public ServerSpecBuilder messageLimit(int bytes) {
        values.messageLimit = Ranges.messageLimit(bytes);
        return this;
    }

    /**
     * Sets the name of the server in messages, where it follows the address.
     *
     * @param newName such as {@code LoginTest.mail}
     * @return this builder
     */
    public ServerSpecBuilder name(String newName) {
        values.name = newName;
        return this;
    }

    /**
     * Sets the script for every connection that none of the {@link #scripts} serves.
     *
     * @param newScript the script
     * @return this builder
     */
    public ServerSpecBuilder script(Script newScript) {
        values.script = newScript;
        return this;
    }

    /**
     * Sets a script that forwards every connection to a real server, in place of {@link #script}.
     *
     * @param address as for {@link io.socketharness.script.Behaviours#forwardTo}, such as
     *     <code>tcp://localhost:${redis.port}</code> or {@code tcp://localhost:25 starttls smtp}
     * @return this builder
     * @throws IllegalArgumentException if the address is malformed
     */
    public ServerSpecBuilder forwardTo(String address) {
        return script(Script.of(Behaviours.forwardTo(address)));
    }

    /**
     * Sets a tape to replay: each of its connections serves one connection, see {@link Tape}. It replaces scripts that
     * were set before.
     *
     * @param newTape the tape
     * @return this builder
     */
    public ServerSpecBuilder tape(Tape newTape) {
        values.script = null;
        values.scripts = List.of();
        values.tape = newTape;
        return this;
    }

    /**
     * Sets the scripts that serve one connection each, in the order of acceptance.
     *
     * @param newScripts the scripts; the first serves the first connection
     * @return this builder
     */
    public ServerSpecBuilder scripts(List<Script> newScripts) {
        values.scripts = List.copyOf(newScripts);
        return this;
    }

    /**
     * Sets the TLS settings for {@link Transport#TLS}, {@link Transport#DTLS}, and scripts that start TLS. Not
     * supported over UDP. Over TCP and Unix sockets, settings other than the defaults require a script that starts TLS,
     * a script with code, which may do so, or no script, because {@link FakeServer#enqueue} can add one.
     *
     * @param settings certificate, protocols and other settings
     * @return this builder
     */
    public ServerSpecBuilder tls(TlsSettings settings) {
        values.tls = settings;
        return this;
    }

    /**
     * Changes some TLS settings and keeps the others.
     *
     * @param change sets the values that differ, such as {@code tls -> tls.protocols("TLSv1.2")}
     * @return this builder
     */
    public ServerSpecBuilder tls(Consumer<TlsSettings.Builder> change) {
        TlsSettings.Builder builder = values.tls.toBuilder();
        change.accept(builder);
        return tls(builder.build());
    }

    /**
     * Sets system properties while the server runs. They are set when the server has started, and get their previous
     * values back when it is closed. Other properties do not change. System properties belong to the whole JVM: tests
     * that run at the same time see them too.
     *
     * <p>These variables are replaced in a value:
     * <ul>
     *   <li><code>${host}</code> and <code>${port}</code>: the host and port of the server
     *   <li><code>${address}</code>: both, separated by a colon as in URLs (IPv6 in brackets)
     *   <li><code>${path}</code>: the path of a Unix socket, or {@code @} and its abstract name
     *   <li><code>${uri}</code>: {@link FakeServer#uri()}
     *   <li><code>${caPemFile}</code>: the path of {@link io.socketharness.tls.ServerTls#caPemFile()}
     * </ul>
     * <code>$${</code> is a plain <code>${</code>.
     *
     * <p>If several servers set the same property, the value of the server that was started last and is still open
     * applies.
     *
     * @param templates entries of the form {@code name=value}, such as <code>mail.smtp.port=${port}</code>; white space
     *     around the {@code =} is ignored
     * @return this builder
     * @throws IllegalArgumentException if an entry has another form, or a name occurs twice
     */
    public ServerSpecBuilder properties(String... templates) {
        values.properties = new PropertyTemplates(List.of(templates));
        return this;
    }

    /**
     * Sets the size of the receive buffer (SO_RCVBUF) of accepted connections. Over TCP it limits how much a client can
     * send while the server does not read, as with the network condition {@code stop-reading}: about this much, and what
     * the client's own system buffers, which on Linux is up to some megabytes unless the client sets SO_SNDBUF. The
     * buffer has this size from the start of a connection and does not grow.
     *
     * <p>A system has limits, on Linux 1152 and {@code net.core.rmem_max}; outside of them the server does not start.
     *
     * @param bytes the size in bytes; 0 for the system's default
     * @return this builder
     * @throws IllegalArgumentException if it is negative. {@link #build()} refuses it for Unix sockets, where it has no
     *     effect, and for datagrams, where the system discards what does not fit
     */
    public ServerSpecBuilder receiveBuffer(int bytes) {
        values.receiveBuffer = Ranges.receiveBuffer(bytes);
        return this;
    }

    /**
     * Sets the secrets that dialogues, reports and {@linkplain Tape tapes} do not show: an asterisk replaces each byte.
     * The data of the recording, such as {@code Exchange.received()}, is unchanged.
     *
     * @param regexes such as {@code PASS (.*)}: if an expression has groups, only they are secret; {@code ^} and
     *     {@code $} match at the ends of lines. On datagrams each datagram is matched by itself
     * @return this builder
     * @throws IllegalArgumentException if one is not a regular expression
     */
    public ServerSpecBuilder redact(String... regexes) {
        Secrets.matching(List.of(regexes));
        values.redact = List.of(regexes);
        return this;
    }

    /**
     * Sets whether files show what went over the wire in a test: {@link Capture#ON_FAILURE} unless set. An extension for a
     * test framework writes them; so does {@link FakeServer#verify()} if the system property
     * {@code socketharness.capture.directory} is set.
     *
     * @param capture when files are written
     * @return this builder
     */
    public ServerSpecBuilder capture(Capture capture) {
        values.capture = capture;
        return this;
    }

    /**
     * Sets the conditions of the simulated network between the server and its clients: none unless set, and the network
     * is perfect. They apply to every connection, in their order, from its first byte; see
     * {@link io.socketharness.network.NetworkConditions}.
     *
     * @param conditions the conditions
     * @return this builder
     */
    public ServerSpecBuilder network(NetworkCondition... conditions) {
        values.network = List.of(conditions);
        return this;
    }

    /**
     * Sets the seed of the random decisions of network conditions. With the same seed and the same data, the decisions
     * are the same. Unless set, the value of the system property {@code socketharness.seed} applies, or else a random
     * seed. Messages contain the seed of a server with network conditions.
     *
     * @param newSeed any number; 0 for the default
     * @return this builder
     */
    public ServerSpecBuilder seed(long newSeed) {
        values.seed = newSeed;
        return this;
    }

    /**
     * Builds the specification.
     *
     * @return the specification
     * @throws IllegalArgumentException if the transport does not support a value or a script, or has no value for a
     *     variable of a property
     */
    public ServerSpec build() {
        values.unix.check(values.transport);
        values.checkTape();
        ServerSpec spec = new ServerSpec(values);
        SpecChecks.check(spec);
        return spec;
    }
}

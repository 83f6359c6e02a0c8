package io.socketharness;

import io.socketharness.internal.Durations;
import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.spec.PropertyTemplates;
import io.socketharness.internal.spec.SpecChecks;
import io.socketharness.internal.spec.UnixOptions;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ServerSpec}; each value has the default that is named beside it. */
public final class ServerSpecBuilder {

    private static final String TIMEOUT_PROPERTY = "socketharness.timeout";

    Transport transport;
    String host = ServerSpec.DEFAULT_HOST;
    int port;
    int backlog = 1024;
    Duration timeout = defaultTimeout();
    boolean strict = true;
    boolean optional;
    ConversationMode conversation = ConversationMode.EACH;
    long recordingLimit = Recorder.DEFAULT_LIMIT;
    int messageLimit = 1 << 20;

    @Nullable
    String name;

    @Nullable
    Script script;

    List<Script> scripts = List.of();
    TlsSettings tls = TlsSettings.defaults();
    UnixOptions unix = UnixOptions.NONE;
    boolean skipIfUnsupported;
    PropertyTemplates properties = PropertyTemplates.NONE;

    ServerSpecBuilder(Transport transport) {
        this.transport = transport;
    }

    ServerSpecBuilder(ServerSpec spec) {
        transport = spec.transport();
        host = spec.host();
        port = spec.port();
        backlog = spec.backlog();
        timeout = spec.timeout();
        strict = spec.isStrict();
        optional = spec.isOptional();
        conversation = spec.conversation();
        recordingLimit = spec.recordingLimit();
        messageLimit = spec.messageLimit();
        name = spec.name().orElse(null);
        script = spec.script().orElse(null);
        scripts = spec.scripts();
        tls = spec.tls();
        unix = UnixOptions.of(spec);
        skipIfUnsupported = spec.isSkipIfUnsupported();
        properties = new PropertyTemplates(spec.properties());
    }

    private static Duration defaultTimeout() {
        String property = System.getProperty(TIMEOUT_PROPERTY);
        if (property == null) {
            return Duration.ofSeconds(5);
        }
        try {
            return Durations.parse(property);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("system property " + TIMEOUT_PROPERTY + ": " + wrong.getMessage());
        }
    }

    /**
     * Where to bind: 127.0.0.1 unless set. An IPv4 address binds IPv4 alone, {@code 0.0.0.0} too; {@code ::} binds
     * both.
     *
     * @param newHost an address without brackets, perhaps with a zone, or a name that stands for one
     * @return this builder
     */
    public ServerSpecBuilder host(String newHost) {
        host = Hosts.check(newHost);
        return this;
    }

    /**
     * The port: a free one (0) unless set. A fixed one can be taken by another program; inject the free one instead.
     *
     * @param newPort from 0 to 65535
     * @return this builder
     */
    public ServerSpecBuilder port(int newPort) {
        if (newPort < 0 || newPort > 65535) {
            throw new IllegalArgumentException(
                    "port " + newPort + " is out of range; 0 to 65535 is allowed, 0 for a free one");
        }
        port = newPort;
        return this;
    }

    /**
     * The file of a Unix socket: a private one, made for the server and deleted with it, unless set.
     *
     * <p>A file at a path of one's own is deleted when the server is closed, if it is still the server's. What was there
     * before is left alone, and the server does not start, see {@link #replaceStale}.
     *
     * @param newPath an absolute path of 106 bytes at most (unix(7) allows 107, the JDK one less), in a directory that is
     *     there; or {@code @} and a name of 107 bytes at most for an abstract one, which Linux alone has, which has no file,
     *     and which needs junixsocket
     * @return this builder
     */
    public ServerSpecBuilder path(String newPath) {
        unix = unix.path(newPath);
        return this;
    }

    /**
     * The file of a Unix socket, see {@link #path(String)}.
     *
     * @param newPath an absolute path
     * @return this builder
     */
    public ServerSpecBuilder path(Path newPath) {
        return path(newPath.toString());
    }

    /**
     * The umask for the file of a Unix socket, see umask(2): the process's own unless set. The file has exactly the
     * permissions that bind(2) gives under that umask, 0777 without its bits, from the moment that it is there; the umask of
     * the process is not touched. Linux lets those connect who may write to the file and enter its directory.
     *
     * <p>A socket at a {@link #path} of one's own is bound beside it and linked to it when it is ready (over {@code udg} it
     * always is). A program that asks the system for the name of its peer, by getpeername(2) or recvfrom(2), then sees
     * the former name.
     *
     * @param octal from {@code 0} to {@code 0777}, such as {@code 0177} for a socket that its owner alone can use
     * @return this builder
     */
    public ServerSpecBuilder umask(String octal) {
        unix = unix.umask(octal);
        return this;
    }

    /**
     * The permissions of the file of a Unix socket, in place of a {@link #umask}: what it leaves of 0777 unless set.
     *
     * @param octal from {@code 0} to {@code 0777}, such as {@code 0600}
     * @return this builder
     */
    public ServerSpecBuilder mode(String octal) {
        unix = unix.mode(octal);
        return this;
    }

    /**
     * Whether a Unix socket's file that a dead process has left is replaced: false unless set. A file is taken for such a
     * one if it is a socket that refuses connections. The socket of a living server, and any other file, is never
     * replaced.
     *
     * @param on true to replace it
     * @return this builder
     */
    public ServerSpecBuilder replaceStale(boolean on) {
        unix = unix.replaceStale(on);
        return this;
    }

    /**
     * Whether an extension skips the tests of a server that this machine cannot have, with the reason: false unless set,
     * and they fail with it.
     *
     * @param skip true to skip them
     * @return this builder
     */
    public ServerSpecBuilder skipIfUnsupported(boolean skip) {
        skipIfUnsupported = skip;
        return this;
    }

    /**
     * How many connections may wait to be accepted: 1024 unless set, see listen(2). Linux lets in one more, takes no
     * more than {@code net.core.somaxconn}, and leaves further ones unanswered: over TCP such a client tries again after
     * 1 s, then 3 s and 7 s, over Unix sockets it waits, or fails with "Resource temporarily unavailable" if it does not
     * block. A server accepts as soon as its thread runs, so that a queue is full only while clients connect faster than
     * that; with less than 10 it often is.
     *
     * @param newBacklog 1 or more
     * @return this builder
     */
    public ServerSpecBuilder backlog(int newBacklog) {
        if (newBacklog < 1) {
            throw new IllegalArgumentException("backlog " + newBacklog + " is out of range; 1 or more is allowed");
        }
        backlog = newBacklog;
        return this;
    }

    /**
     * How long the test's waits wait at most, verification included: 5 s unless set here or, for all servers, by the
     * system property {@code socketharness.timeout}, such as {@code 20s}.
     *
     * @param newTimeout more than nothing
     * @return this builder
     */
    public ServerSpecBuilder timeout(Duration newTimeout) {
        if (newTimeout.isNegative() || newTimeout.isZero() || newTimeout.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException(
                    "timeout " + newTimeout + " is out of range; more than 0, up to a hundred years, is allowed");
        }
        timeout = newTimeout;
        return this;
    }

    /**
     * Whether an extension verifies the server when the test ends: true unless set.
     *
     * @param newStrict false to leave it to the test
     * @return this builder
     */
    public ServerSpecBuilder strict(boolean newStrict) {
        strict = newStrict;
        return this;
    }

    /**
     * Whether a script that no connection ran is allowed: false unless set.
     *
     * @param newOptional true to allow it
     * @return this builder
     */
    public ServerSpecBuilder optional(boolean newOptional) {
        optional = newOptional;
        return this;
    }

    /**
     * What makes a conversation: each source address has its own unless set. Datagrams only.
     *
     * @param newConversation how sources are told apart
     * @return this builder
     */
    public ServerSpecBuilder conversation(ConversationMode newConversation) {
        conversation = newConversation;
        return this;
    }

    /**
     * How many bytes the recording keeps, sent and received, over all connections: 16 MiB unless set. Events have the
     * same room once more, and 64 KiB in any case: each read, write or datagram counts 64 bytes there. Beyond either
     * limit bytes are counted, not kept, and assertions on the connection say so.
     *
     * @param bytes 0 or more
     * @return this builder
     */
    public ServerSpecBuilder recordingLimit(long bytes) {
        if (bytes < 0 || bytes > 1L << 30) {
            throw new IllegalArgumentException("recordingLimit " + bytes + " is out of range; 0 to 1 GiB is allowed");
        }
        recordingLimit = bytes;
        return this;
    }

    /**
     * How many bytes a line or message may have: 1 MiB unless set. A longer one is a failure.
     *
     * @param bytes 1 or more
     * @return this builder
     */
    public ServerSpecBuilder messageLimit(int bytes) {
        if (bytes < 1 || bytes > 1 << 30) {
            throw new IllegalArgumentException("messageLimit " + bytes + " is out of range; 1 to 1 GiB is allowed");
        }
        messageLimit = bytes;
        return this;
    }

    /**
     * The name of the server in messages, behind its address.
     *
     * @param newName such as {@code LoginTest.mail}
     * @return this builder
     */
    public ServerSpecBuilder name(String newName) {
        name = newName;
        return this;
    }

    /**
     * The script that serves every connection for which there is none of the {@link #scripts}.
     *
     * @param newScript what to do
     * @return this builder
     */
    public ServerSpecBuilder script(Script newScript) {
        script = newScript;
        return this;
    }

    /**
     * Scripts that serve one connection each, in the order of acceptance.
     *
     * @param newScripts the first is for the first connection
     * @return this builder
     */
    public ServerSpecBuilder scripts(List<Script> newScripts) {
        scripts = List.copyOf(newScripts);
        return this;
    }

    /**
     * How the server speaks TLS, over {@link Transport#TLS} and {@link Transport#DTLS} or where its script begins it;
     * not over UDP. Over TCP and Unix sockets, settings that differ from the defaults need a script that begins TLS, code
     * that may do so, or no script at all: {@link FakeServer#enqueue} can bring one.
     *
     * @param settings its certificate, protocols and the like
     * @return this builder
     */
    public ServerSpecBuilder tls(TlsSettings settings) {
        tls = settings;
        return this;
    }

    /**
     * Changes how the server speaks TLS, beside the settings that were made before.
     *
     * @param change sets what is to differ, such as {@code tls -> tls.protocols("TLSv1.2")}
     * @return this builder
     */
    public ServerSpecBuilder tls(Consumer<TlsSettings.Builder> change) {
        TlsSettings.Builder builder = tls.toBuilder();
        change.accept(builder);
        return tls(builder.build());
    }

    /**
     * System properties that are set when the server has started, and are again what they were when it is closed: none
     * unless set. What is not named here is not touched. They are those of the whole JVM: tests that run at the same time
     * see them too.
     *
     * <p>In a value, <code>${host}</code> and <code>${port}</code> stand for the server's, <code>${address}</code> for both with
     * a colon between them, as URLs have it (IPv6 in brackets), <code>${path}</code> for the path of a Unix socket (or
     * {@code @} and its abstract name), <code>${uri}</code> for {@link FakeServer#uri()} and <code>${caPemFile}</code> for the
     * file of {@link io.socketharness.tls.ServerTls#caPemFile()}; <code>$${</code> is a plain <code>${</code>.
     *
     * <p>Where several servers set the same one, the latest that is open counts.
     *
     * @param templates a name, {@code =} and a value each, such as <code>mail.smtp.port=${port}</code>; white space around
     *     the {@code =} is dropped
     * @return this builder
     * @throws IllegalArgumentException if one is of another form, or a name is there twice
     */
    public ServerSpecBuilder properties(String... templates) {
        properties = new PropertyTemplates(List.of(templates));
        return this;
    }

    /**
     * Makes the specification.
     *
     * @return the specification
     * @throws IllegalArgumentException if the transport cannot do what a value or a script asks for, or has none of what a
     *     property refers to
     */
    public ServerSpec build() {
        unix.check(transport);
        ServerSpec spec = new ServerSpec(this);
        SpecChecks.check(spec);
        return spec;
    }
}

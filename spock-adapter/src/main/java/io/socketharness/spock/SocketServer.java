package io.socketharness.spock;

import io.socketharness.ConversationMode;
import io.socketharness.recording.Capture;
import io.socketharness.script.Behaviour;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts a fake server for a specification, and fails the feature when the server's side fails.
 *
 * <pre>{@code
 * class StatsdReporterSpec extends Specification {
 *     @SocketServer(transport = 'udp') FakeServer server
 *
 *     def 'counts an order'() {
 *         when: new StatsdReporter(server.address()).count('orders', 1)
 *         then: server.recording().awaitExchange(0).receivedText() == 'orders:1|c'
 *     }
 * }
 * }</pre>
 *
 * <h2>Placement and lifetime</h2>
 *
 * <ul>
 *   <li>On a <b>parameter</b> of a feature, of {@code setup()} or of {@code cleanup()}: the server belongs to that
 *       iteration. A feature without {@code where:} is one iteration. With {@code where:}, each iteration gets its own
 *       server.
 *   <li>On a <b>feature method</b>: each iteration gets its own server.
 *   <li>On a <b>specification</b>: each iteration of each feature gets its own server on its own port. The script may
 *       stay unused, as with {@link #optional}, because some features may not need the server. A server on a feature
 *       replaces a server of the specification with the same {@link #name}. A server without a name replaces one
 *       without a name. A server on a derived specification replaces inherited ones in the same way.
 *   <li>On a <b>field</b>: each iteration gets its own server. The field is set before the initial values of other
 *       fields are computed, and before {@code setup()}.
 *   <li>On a <b>{@code @Shared} field</b>: one server for the whole specification. It starts before {@code setupSpec()}
 *       and is closed after {@code cleanupSpec()}. Features that Spock can run at the same time must not share a
 *       server, because a connection cannot be assigned to an iteration. They are refused unless {@link #strict} is
 *       false.
 * </ul>
 *
 * <p>An annotation cannot contain a script in Java or Groovy. Use {@code FakeServer.enqueue(…)} in the feature, or a
 * class in {@link #behaviour}. In Groovy, write scripts between {@code '''}, because Groovy replaces {@code $} between
 * {@code """}.
 *
 * <p>The annotation can be repeated on a specification or feature, is allowed on composed annotations, and is inherited
 * from superclasses and interfaces. There is no iteration in {@code setupSpec()} and {@code cleanupSpec()}. There, only
 * servers of {@code @Shared} fields are available.
 *
 * <h2>Injection</h2>
 *
 * <p>The value of the annotated parameter or field depends on its type: {@code FakeServer}, or no type, gets the
 * server, {@code Recording} its recording, {@code InetSocketAddress}, {@code UnixDomainSocketAddress} and
 * {@code SocketAddress} its address, {@code URI} its URI, {@code int} its port, {@code String} its host,
 * {@code SSLContext} a context for clients that trusts its certificate, and {@code Path} the path of a Unix socket, or
 * otherwise the PEM file of the authority that clients must trust. If exactly one server applies, parameters of the
 * first six types and {@code SSLContext} need no annotation, unless they are data variables of {@code where:} or have
 * an annotation of another extension. {@link FromServer} selects one of several servers.
 *
 * <h2>Verification</h2>
 *
 * <p>After each iteration, including {@code cleanup()}, its servers are
 * {@linkplain io.socketharness.FakeServer#verify() verified}. Several failures are reported together. A server of a
 * {@code @Shared} field is verified after each iteration for failures so far, and after {@code cleanupSpec()} for
 * outstanding steps, unless a feature failed or was aborted.
 *
 * <p>If a server failed before the feature threw an exception other than an {@code AssertionError}, the server's report
 * is the failure of the feature, with the exception as its cause. Otherwise a failed feature keeps its own failure,
 * with the server's report suppressed in it. In both cases the verification does not wait for outstanding steps. An
 * aborted feature stays aborted. {@code strict = false} turns the verification off.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
@Repeatable(SocketServers.class)
public @interface SocketServer {

    /**
     * The transport of the server.
     *
     * @return {@code tcp}, {@code udp}, {@code tls} (also {@code ssl}), {@code dtls}, {@code unix} or {@code udg};
     *     {@code tlsv1.3}, {@code tlsv1.2} and similar names for only that version of TLS
     */
    String transport() default "tcp";

    /**
     * The host that the server is bound to.
     *
     * @return an address or a host name; empty for 127.0.0.1
     */
    String host() default "";

    /**
     * The port. A fixed port may be in use by another program, or by a feature that runs at the same time.
     *
     * @return the port; 0 for a free one
     */
    int port() default 0;

    /**
     * The path of a Unix socket.
     *
     * @return an absolute path, or {@code @} and an abstract name; empty for a private path, created for the server
     */
    String path() default "";

    /**
     * The umask for the file of this server's Unix socket, see umask(2).
     *
     * @return an octal number, such as {@code 0177} for a socket that only its owner can use; empty for the umask of
     *     the process
     */
    String umask() default "";

    /**
     * The permissions of the file of a Unix socket, instead of a {@link #umask}.
     *
     * @return an octal number, such as {@code 0600}; empty for 0777 without the bits of the umask
     */
    String mode() default "";

    /**
     * Whether to replace a Unix socket's file at {@link #path} if its server process has ended.
     *
     * @return false to fail instead; the socket of a running server, or a file of another type, is never replaced
     */
    boolean replaceStale() default false;

    /**
     * Whether to skip the feature, with the reason, if this machine or this JVM does not support the server.
     *
     * @return false to fail the feature with the reason
     */
    boolean skipIfUnsupported() default false;

    /**
     * How many connections may wait to be accepted.
     *
     * @return 1 or more
     */
    int backlog() default 1024;

    /**
     * The limit of each wait for the client, including verification.
     *
     * @return a duration such as {@code 200ms} or {@code 5s}; empty for the system property
     *     {@code socketharness.timeout}, or else 5 s
     */
    String timeout() default "";

    /**
     * Whether the feature fails when the server's side fails.
     *
     * @return false if the feature verifies the server itself
     */
    boolean strict() default true;

    /**
     * Whether a script may stay unused.
     *
     * @return true to allow it; for a server on a specification it is always allowed
     */
    boolean optional() default false;

    /**
     * Whether the clients of a datagram server have separate conversations or share one.
     *
     * @return the mode
     */
    ConversationMode conversation() default ConversationMode.EACH;

    /**
     * How many bytes the recording keeps. Its events have a separate limit of the same size.
     *
     * @return 16 MiB unless set
     */
    long recordingLimit() default 16 << 20;

    /**
     * The maximum size of a line or message, in bytes.
     *
     * @return 1 MiB unless set
     */
    int messageLimit() default 1 << 20;

    /**
     * The kind of the certificate that is issued for the server, for TLS from the start or started by a script.
     *
     * @return {@link CertificateKind#VALID}, or a deliberately invalid kind
     */
    CertificateKind certificate() default CertificateKind.VALID;

    /**
     * More hosts for the certificate that is issued for the server.
     *
     * @return DNS names and addresses; the certificate is always valid for the host of the server, this machine, and its
     *     names in containers
     */
    String[] certificateHosts() default {};

    /**
     * Whether the server requests a certificate from its clients. {@code FakeServer.tls().issueClientCertificate(…)}
     * issues one.
     *
     * @return whether a certificate is requested, and whether it is required
     */
    ClientCertificate clientCertificate() default ClientCertificate.NONE;

    /**
     * The versions of TLS that the server supports.
     *
     * @return such as {@code TLSv1.2}; empty for the defaults of the JDK
     */
    String[] protocols() default {};

    /**
     * The cipher suites that the server supports.
     *
     * @return the JDK's names; empty for the defaults of the JDK
     */
    String[] cipherSuites() default {};

    /**
     * The application protocols that the server supports (ALPN), in order of preference.
     *
     * @return such as {@code h2}; if empty, the server does not answer ALPN
     */
    String[] applicationProtocols() default {};

    /**
     * Whether clients can resume earlier sessions of this server.
     *
     * @return false to make a full handshake on each connection
     */
    boolean resumption() default true;

    /**
     * The size of the receive buffer (SO_RCVBUF) of accepted connections over TCP and TLS. It limits how much a client
     * can send while the server does not read, see
     * {@link io.socketharness.ServerSpecBuilder#receiveBuffer(int) ServerSpecBuilder.receiveBuffer}.
     *
     * @return the size in bytes; 0 for the system's default
     */
    int receiveBuffer() default 0;

    /**
     * The conditions of the simulated network between the server and its clients, in the order in which they apply, see
     * {@link io.socketharness.network.NetworkConditions}.
     *
     * <pre>{@code
     * @SocketServer(transport = 'udp', network = ['loss 30% burst 3', 'latency 20ms jitter 5ms'])
     * }</pre>
     *
     * @return conditions such as {@code latency 150ms}; empty for a perfect network
     */
    String[] network() default {};

    /**
     * The seed of the random decisions of network conditions. The failure of a server with network conditions contains
     * the seed that was used; setting it repeats the decisions.
     *
     * @return any number; 0 for the system property {@code socketharness.seed}, or else a
     *     random seed
     */
    long seed() default 0;

    /**
     * System properties with the server's address for the code under test. They are set while the server runs, and get
     * their previous values back when it is closed, also if servers of the specification and of the feature set the
     * same property. Other properties do not change.
     *
     * <pre>{@code
     * @SocketServer(properties = ['mail.smtp.host=${host}', 'mail.smtp.port=${port}'])
     * }</pre>
     *
     * <p>System properties belong to the whole JVM. If Spock runs features in parallel
     * ({@code runner.parallel.enabled}), the feature or the specification must have
     * {@code @ResourceLock(Resources.SYSTEM_PROPERTIES)}; for a {@code @Shared} field, the specification must have it.
     * Otherwise the server is refused. The lock prevents other features with this lock from running at the same time.
     * {@code FakeServer.properties(…)} returns the same properties as a map, and sets none.
     *
     * @return entries of the form {@code name=value}. In a value, the variables <code>${host}</code>,
     *     <code>${port}</code>, <code>${address}</code> (both, as in a URL), <code>${path}</code> of a Unix socket,
     *     <code>${uri}</code> and, if the server can use TLS, <code>${caPemFile}</code> are replaced; <code>$${</code>
     *     is a plain <code>${</code>
     */
    String[] properties() default {};

    /**
     * The name of the server, in messages and for {@link FromServer}.
     *
     * @return the name; empty for the name of the annotated element, which in messages follows the name of the
     *     specification
     */
    String name() default "";

    /**
     * A script in text form that serves every connection.
     *
     * @return the lines of the script; empty for none
     */
    String script() default "";

    /**
     * Scripts in text form that serve one connection each, in the order of acceptance, before any other script.
     *
     * @return the scripts; the first serves the first connection
     */
    String[] scripts() default {};

    /**
     * A resource with a script in text form that serves every connection.
     *
     * @return a name relative to the package of the annotated specification, or to the root of the class path; empty
     *     for none
     */
    String scriptResource() default "";

    /**
     * The address of a real server, to which every connection is forwarded, such as {@code tcp://localhost:6379},
     * <code>tcp://localhost:${redis.port}</code> with a system property, or {@code tcp://localhost:25 starttls smtp}; see
     * {@link io.socketharness.script.Behaviours#forwardTo}.
     *
     * @return the address; empty for none
     */
    String forwardTo() default "";

    /**
     * The name of a tape: a recording of the server of {@link #forwardTo} as a text file. If the file exists, it is
     * replayed, and the real server is not contacted. If not, the server forwards, and the file is written when the test
     * has passed. See {@link io.socketharness.Tape}.
     *
     * <p>The file is relative to the package of the test class, in {@code src/test/resources}, or else on the class
     * path; a name with a leading {@code /} is relative to the root. These parts of the name are replaced:
     * <code>{class}</code>, <code>{method}</code>, which a server that each test gets from its class or a field requires,
     * and <code>{index}</code>, which a test with several invocations requires.
     *
     * <p>Two system properties apply:
     * <ul>
     *   <li>{@code socketharness.tape}: {@code auto}, as described; {@code record} records in any case, and prints the
     *       difference to the old tape; {@code replay} fails if there is no tape. The default is {@code auto}, or
     *       {@code replay} if the environment variable {@code CI} is set
     *   <li>{@code socketharness.tape.directory}: a directory in place of {@code src/test/resources}
     * </ul>
     *
     * @return such as <code>redis.tape</code> or <code>{method}.tape</code>; empty for none
     */
    String tape() default "";

    /**
     * The parts of the client's messages that may differ when the {@link #tape} is replayed, see
     * {@link io.socketharness.Tape#mask}.
     *
     * @return regular expressions, such as <code>(?&lt;date&gt;\d{4}-\d\d-\d\d)</code>
     */
    String[] mask() default {};

    /**
     * The secrets that dialogues, reports and tapes do not show, see
     * {@link io.socketharness.ServerSpecBuilder#redact}.
     *
     * @return regular expressions, such as {@code PASS (.*)}, of which only the groups are secret
     */
    String[] redact() default {};

    /**
     * Whether files show what went over the wire: the dialogue as text, an HTML page, and a pcapng file for Wireshark. They
     * are in {@code target/socket-harness} or {@code build/socket-harness}, if the directory above exists, or else in the
     * directory for temporary files.
     *
     * <p>Three system properties apply:
     * <ul>
     *   <li>{@code socketharness.capture}: {@code on-failure}, {@code always} or {@code never}, for all servers
     *   <li>{@code socketharness.capture.directory}: a directory for the files
     *   <li>{@code socketharness.capture.print}: {@code true} prints <code>[[ATTACHMENT|path]]</code> for each file, which
     *       build servers such as Jenkins read
     * </ul>
     *
     * @return whether they are written if the feature fails, always, or never
     */
    Capture capture() default Capture.ON_FAILURE;

    /**
     * A custom behaviour that serves every connection.
     *
     * @return a class with a constructor without parameters, of any visibility; {@code Behaviour} itself for none
     */
    Class<? extends Behaviour> behaviour() default Behaviour.class;
}

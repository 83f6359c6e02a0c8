package io.socketharness.junit5;

import io.socketharness.ConversationMode;
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
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a fake server for a test, and fails the test when the server's side fails.
 *
 * <pre>{@code
 * @Test
 * void greets(@SocketServer(script = """
 *         C: HELLO
 *         S: WORLD
 *         """) FakeServer server) {
 *     new LineClient(server.address()).send("HELLO");
 * }
 * }</pre>
 *
 * <h2>Where it stands, and how long the server lives</h2>
 *
 * <ul>
 *   <li>On a <b>parameter</b> of a test, of a {@code @BeforeEach} or {@code @AfterEach} method or, from JUnit 5.12 on, of
 *       the constructor: a server of that test.
 *   <li>On a <b>test method</b>: a server of that test.
 *   <li>On a <b>class</b>: each test, those of {@code @Nested} classes included, gets a server of its own, on a port of its
 *       own. Since not every test of the class may need it, its script may stay unused, as if {@link #optional} were set.
 *       A server on a method or a nested class takes the place of one on the class that has the same {@link #name},
 *       as two without a name have; so does one on a subclass.
 *   <li>On an <b>instance field</b>: each test gets a server of its own; the field is set before {@code @BeforeEach}.
 *   <li>On a <b>static field</b>: one server for all tests of the class and of its {@code @Nested} classes, from before
 *       {@code @BeforeAll} (under {@code PER_CLASS}: before the constructor) to after {@code @AfterAll}. Tests that JUnit can
 *       run at the same time must not share one, as nobody can tell whose a connection is: they are refused, unless
 *       {@link #strict} is false.
 * </ul>
 *
 * <p>An annotation cannot hold a script in Java: {@code FakeServer.enqueue(…)} gives one in the test, {@link #behaviour}
 * names a class, and {@link SocketServerExtension} is the same with code.
 *
 * <p>It may be repeated on a class or method, be part of an annotation of one's own, and is inherited from superclasses
 * and interfaces. In {@code @BeforeAll} and {@code @AfterAll}, in a constructor under {@code PER_CLASS}, and in any
 * constructor before JUnit 5.12, no test has begun: there only servers of static fields can be had.
 *
 * <h2>What is injected</h2>
 *
 * <p>The annotated parameter or field, by its type: {@code FakeServer} gets the server, {@code Recording} its recording,
 * {@code InetSocketAddress}, {@code UnixDomainSocketAddress} and {@code SocketAddress} its address, {@code URI} its URI,
 * {@code int} its port, {@code String} its host, {@code SSLContext} a context for its clients that trusts its certificate,
 * {@code Path} the path of a Unix socket, or else the PEM file of the authority that its clients are to trust. Where exactly
 * one server applies, parameters of the first six types and {@code SSLContext} need no annotation (in a
 * {@code @ParameterizedTest}, the first parameter is an argument); {@link FromServer} picks one of several.
 *
 * <h2>How it is judged</h2>
 *
 * <p>After each test its servers are {@linkplain io.socketharness.FakeServer#verify() verified}; several that fail are
 * reported together. A server of a static field is judged after each test for what went wrong by then, and after
 * {@code @AfterAll} for what was never reached, unless a test failed or was aborted. A test that fails by itself keeps its
 * own failure, with the server's report suppressed in it; nothing is waited for then. An aborted test stays aborted.
 * {@code strict = false} turns all that off. Where JUnit can (5.12 and later), the dialogue of a failed test is attached
 * to its report as a file.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
@Repeatable(SocketServers.class)
@ExtendWith(SocketServerAnnotations.class)
@SuppressWarnings("exports") // the extension, which only JUnit needs
public @interface SocketServer {

    /**
     * What the server speaks over.
     *
     * @return {@code tcp}, {@code udp}, {@code tls} (also {@code ssl}), {@code dtls}, {@code unix} or {@code udg}; {@code
     *     tlsv1.3}, {@code tlsv1.2} and so on for TLS of that version alone
     */
    String transport() default "tcp";

    /**
     * Where the server is bound.
     *
     * @return an address, or a name that stands for one; empty for 127.0.0.1
     */
    String host() default "";

    /**
     * The port. A fixed one can be taken by another program or by a test that runs at the same time.
     *
     * @return 0 for one that is free
     */
    int port() default 0;

    /**
     * The file of a Unix socket.
     *
     * @return an absolute path, or {@code @} and an abstract name; empty for a private path, made for the server
     */
    String path() default "";

    /**
     * The umask for the file of a Unix socket, see umask(2), for this server alone.
     *
     * @return in octal, such as {@code 0177} for a socket that its owner alone can use; empty for the process's own
     */
    String umask() default "";

    /**
     * The permissions of the file of a Unix socket, in place of a {@link #umask}.
     *
     * @return in octal, such as {@code 0600}; empty for what the umask leaves of 0777
     */
    String mode() default "";

    /**
     * Whether the file of a Unix socket that a dead process has left at {@link #path} is replaced.
     *
     * @return false to fail instead; a living server's and any other file are never replaced
     */
    boolean replaceStale() default false;

    /**
     * Whether the test is skipped, with the reason, where this machine or this JVM has no such servers.
     *
     * @return false to fail with it
     */
    boolean skipIfUnsupported() default false;

    /**
     * How many connections may wait to be accepted. With a small number clients that connect quickly are late: Linux leaves
     * those for which there is no room unanswered, and they try again after 1 s.
     *
     * @return 1 or more
     */
    int backlog() default 1024;

    /**
     * How long waits for the client wait at most, verification included.
     *
     * @return a duration such as {@code 200ms} or {@code 5s}; empty for the system property {@code socketharness.timeout},
     *     or else 5 s
     */
    String timeout() default "";

    /**
     * Whether the test fails when the server's side fails.
     *
     * @return false to leave it to the test to verify
     */
    boolean strict() default true;

    /**
     * Whether a script that no connection ran is allowed.
     *
     * @return true to allow it; a server on a class always does
     */
    boolean optional() default false;

    /**
     * What makes a conversation on a datagram server.
     *
     * @return each source address, or all as one
     */
    ConversationMode conversation() default ConversationMode.EACH;

    /**
     * How many bytes the recording keeps; its events may cost as much again.
     *
     * @return 16 MiB unless set
     */
    long recordingLimit() default 16 << 20;

    /**
     * How many bytes a line or message may have.
     *
     * @return 1 MiB unless set
     */
    int messageLimit() default 1 << 20;

    /**
     * What the certificate is like that is made for the server, over TLS or where its script begins it.
     *
     * @return {@link CertificateKind#VALID} unless it is to be wrong on purpose
     */
    CertificateKind certificate() default CertificateKind.VALID;

    /**
     * Whether clients are asked for a certificate; {@code FakeServer.tls().issueClientCertificate(…)} makes one.
     *
     * @return whether, and whether they must give one
     */
    ClientCertificate clientCertificate() default ClientCertificate.NONE;

    /**
     * The versions of TLS that the server speaks.
     *
     * @return such as {@code TLSv1.2}; none for those of the JDK
     */
    String[] protocols() default {};

    /**
     * The cipher suites that the server speaks.
     *
     * @return as the JDK names them; none for those of the JDK
     */
    String[] cipherSuites() default {};

    /**
     * The application protocols that the server speaks (ALPN), the best first.
     *
     * @return such as {@code h2}; none to leave the client's offer unanswered
     */
    String[] applicationProtocols() default {};

    /**
     * System properties that tell the code under test where the server is; set while it lives, and then again what they
     * were, also where a server of the class and one of the test set the same one. What is not named here is not touched.
     *
     * <pre>{@code
     * @SocketServer(properties = {"mail.smtp.host=${host}", "mail.smtp.port=${port}"})
     * }</pre>
     *
     * <p>They are those of the whole JVM. Where JUnit runs tests in parallel ({@code
     * junit.jupiter.execution.parallel.enabled}), the method or class needs
     * {@code @ResourceLock(Resources.SYSTEM_PROPERTIES)}, which lets no other test with such a lock run meanwhile, and is
     * refused without; on a static field, the class does. {@code FakeServer.properties(…)} gives the same as a map, and sets
     * none.
     *
     * @return a name, {@code =} and a value each, in which <code>${host}</code>, <code>${port}</code>,
     *     <code>${address}</code> (both, as in a URL), <code>${path}</code> of a Unix socket, <code>${uri}</code> and, where there
     *     can be TLS, <code>${caPemFile}</code> stand for the server's; <code>$${</code> is a plain <code>${</code>
     */
    String[] properties() default {};

    /**
     * The name of the server, in messages and for {@link FromServer}.
     *
     * @return empty for the name of the annotated element, in messages behind the name of the test class
     */
    String name() default "";

    /**
     * A script in text form that serves every connection.
     *
     * @return its lines; empty for none
     */
    String script() default "";

    /**
     * Scripts in text form that serve one connection each, in the order of acceptance, before any other.
     *
     * @return the first is for the first connection
     */
    String[] scripts() default {};

    /**
     * A resource with a script in text form that serves every connection.
     *
     * @return a name relative to the package of the class that has the annotation, or to the root of the class path;
     *     empty for none
     */
    String scriptResource() default "";

    /**
     * A behaviour of one's own that serves every connection.
     *
     * @return a class with a constructor without parameters, of any visibility; {@code Behaviour} itself for none
     */
    Class<? extends Behaviour> behaviour() default Behaviour.class;
}

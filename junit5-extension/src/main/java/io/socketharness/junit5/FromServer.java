package io.socketharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Picks one of several servers for a parameter or field, and says that an {@code int} or a {@code String} comes from a
 * server.
 *
 * <pre>{@code
 * @Test
 * @SocketServer(name = "primary")
 * @SocketServer(name = "replica")
 * void failsOver(@FromServer("primary") FakeServer primary, @FromServer("replica") int port) {
 *     new Client(primary.port(), port).ask();
 * }
 * }</pre>
 *
 * <p>A server has the name that its {@link SocketServer} gives it; without one, the name of the field, parameter or method
 * that is annotated, or the simple name of the class.
 *
 * <p>What the parameter or field gets depends on its type: {@code FakeServer} the server, {@code Recording} its recording,
 * {@code InetSocketAddress} and {@code SocketAddress} its address, {@code URI} its URI, {@code int} its port, {@code
 * String} its host, {@code SSLContext} a context for its clients that trusts its certificate, {@code Path} the PEM file of
 * the authority that its clients are to trust.
 *
 * <p>A static field takes servers of static fields; other fields are set for each test, before {@code @BeforeEach}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@ExtendWith(SocketServerAnnotations.class)
@SuppressWarnings("exports") // the extension, which only JUnit needs
public @interface FromServer {

    /**
     * The name of the server.
     *
     * @return empty for the only one there is
     */
    String value() default "";
}

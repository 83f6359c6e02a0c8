package io.socketharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Selects one of several servers for a parameter or field. An {@code int} or {@code String} needs this annotation to
 * get a value of a server.
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
 * <p>A server's name is set by {@link SocketServer#name}. By default it is the name of the annotated field, parameter
 * or method, or the simple name of the class.
 *
 * <p>The value depends on the type of the parameter or field, see {@link io.socketharness.spi.Injection}.
 *
 * <p>A static field can only get values of servers of static fields. Instance fields are set for each test, before
 * {@code @BeforeEach}.
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
     * @return the name; empty to select the only server
     */
    String value() default "";
}

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
 * <p>What the parameter or field gets depends on its type, see {@link io.socketharness.spi.Injection}.
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

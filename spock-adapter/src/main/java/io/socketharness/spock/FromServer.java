package io.socketharness.spock;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Picks one of several servers for a parameter or field, and says that an {@code int} or a {@code String} comes from a
 * server.
 *
 * <pre>{@code
 * @SocketServer(name = 'primary')
 * @SocketServer(name = 'replica')
 * def 'fails over'(@FromServer('primary') FakeServer primary, @FromServer('replica') int port) {
 *     expect: new Client(primary.port(), port).ask() == 'PONG'
 * }
 * }</pre>
 *
 * <p>A server has the name that its {@link SocketServer} gives it; without one, the name of the field, parameter or feature
 * that is annotated, or the simple name of the specification.
 *
 * <p>What the parameter or field gets depends on its type, as {@link SocketServer} tells. A {@code @Shared} field takes
 * servers of {@code @Shared} fields; other fields are set for each iteration, before {@code setup()}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
public @interface FromServer {

    /**
     * The name of the server.
     *
     * @return empty for the only one there is
     */
    String value() default "";
}

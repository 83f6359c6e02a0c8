package io.socketharness.spock;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Selects one of several servers for a parameter or field. An {@code int} or {@code String} needs this annotation to
 * get a value of a server.
 *
 * <pre>{@code
 * @SocketServer(name = 'primary')
 * @SocketServer(name = 'replica')
 * def 'fails over'(@FromServer('primary') FakeServer primary, @FromServer('replica') int port) {
 *     expect: new Client(primary.port(), port).ask() == 'PONG'
 * }
 * }</pre>
 *
 * <p>A server's name is set by {@link SocketServer#name}. By default it is the name of the annotated field, parameter
 * or feature, or the simple name of the specification.
 *
 * <p>The value depends on the type of the parameter or field, as {@link SocketServer} describes. A {@code @Shared}
 * field can only get values of servers of {@code @Shared} fields. Other fields are set for each iteration, before
 * {@code setup()}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
public @interface FromServer {

    /**
     * The name of the server.
     *
     * @return the name; empty to select the only server
     */
    String value() default "";
}

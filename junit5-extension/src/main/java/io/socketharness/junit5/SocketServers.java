package io.socketharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contains several {@link SocketServer} annotations of one class or method. The compiler adds it. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(SocketServerAnnotations.class)
@SuppressWarnings("exports") // the extension, which only JUnit needs
public @interface SocketServers {

    /**
     * The servers.
     *
     * @return the annotations in the order of the source
     */
    SocketServer[] value();
}

package io.socketharness.spock;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Contains several {@link SocketServer} annotations of one specification or feature. The compiler adds it. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SocketServers {

    /**
     * The servers.
     *
     * @return the annotations in the order of the source
     */
    SocketServer[] value();
}

package io.socketharness.testcontainers;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;

/** A server in a container that answers each line as Redis answers PING. It listens on the port of Redis. */
final class RedisContainer extends GenericContainer<RedisContainer> {

    RedisContainer() {
        super(ProgramsImage.name());
        withExposedPorts(6379);
        withCommand("socat", "TCP-LISTEN:6379,fork,reuseaddr", "SYSTEM:while read line; do echo +PONG; done");
        withStartupTimeout(Duration.ofMinutes(2));
    }
}

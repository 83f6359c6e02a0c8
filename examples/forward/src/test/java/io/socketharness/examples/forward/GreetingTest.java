package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/**
 * The first tape of {@code docs/tapes.md}: no Redis is needed. It contains the version of Jedis, so record it again for
 * another one.
 */
class GreetingTest {

    // tag::first[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:6379", tape = "greeting.tape")
    void storesAGreeting(FakeServer server) {
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            redis.set("greeting", "hello");

            assertThat(redis.get("greeting")).isEqualTo("hello");
        }
    }
    // end::first[]
}

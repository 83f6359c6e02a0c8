package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/**
 * Replays tapes that are resources of the tests, without Redis. The build selects the mode {@code replay}. To record
 * them again: {@code -Dsocketharness.tape=record}; the second with {@code -Dredis.password=s3cret}, and a Redis with
 * {@code requirepass s3cret}.
 */
@Timeout(60)
class AnnotatedTapeTest {

    // tag::tape[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:6379", tape = "{method}.tape")
    void storesAGreeting(FakeServer server) {
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            redis.set("greeting", "hello");

            assertThat(redis.get("greeting")).isEqualTo("hello");
        }
    }
    // end::tape[]

    // tag::redact[]
    @Test
    @SocketServer(
            forwardTo = "tcp://localhost:6379",
            tape = "{method}.tape",
            redact = "AUTH\\r\\n(?:\\$7\\r\\ndefault\\r\\n)?\\$(\\d+)\\r\\n(.*)") // the length of the password, and the
    // password
    void logsIn(FakeServer server) {
        DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                .password(System.getProperty("redis.password", "unknown"))
                .build();
        try (RedisClient redis = RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .clientConfig(config)
                .build()) {
            assertThat(redis.get("greeting")).isEqualTo("hello");
        }
    }
    // end::redact[]
}

package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Redis: Jedis and Lettuce. Another way, with a framing of one's own, is in the package {@code redis}. */
@SocketServer(scriptResource = "/scripts/redis.script")
class RedisTest {

    @Test
    void jedisReadsWhatItWrote(FakeServer server) {
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            assertThat(redis.set("greeting", "hello")).isEqualTo("OK");
            assertThat(redis.get("greeting")).isEqualTo("hello");
        }
        assertThat(server).connection(0).receivedContaining("SETINFO");
    }

    @Test
    void lettuceReadsWhatItWrote(FakeServer server) {
        io.lettuce.core.RedisClient client =
                io.lettuce.core.RedisClient.create(RedisURI.create(server.host(), server.port()));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            assertThat(redis.set("greeting", "hello")).isEqualTo("OK");
            assertThat(redis.get("greeting")).isEqualTo("hello");
        } finally {
            client.shutdown();
        }
        assertThat(server).connection(0).receivedContaining("HELLO");
    }
}

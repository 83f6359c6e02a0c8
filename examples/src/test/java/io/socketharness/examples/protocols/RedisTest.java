package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    @Test
    void lettuceReconnectsWhenTheServerIsBack(FakeServer server) throws Exception {
        ClientResources resources = ClientResources.builder()
                .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
                .build();
        CompletableFuture<Event> refused = resources
                .eventBus()
                .get()
                .filter(ReconnectFailedEvent.class::isInstance)
                .next()
                .toFuture();
        io.lettuce.core.RedisClient client =
                io.lettuce.core.RedisClient.create(resources, RedisURI.create(server.host(), server.port()));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            assertThat(redis.set("greeting", "hello")).isEqualTo("OK");

            server.goDown();
            assertThat(refused).succeedsWithin(Duration.ofSeconds(30)); // the client has tried to reconnect

            server.listen();
            assertThat(server).within(Duration.ofSeconds(30)).hasConnections(2); // waits for the client
            assertThat(redis.set("greeting", "world")).isEqualTo("OK");
            assertThat(redis.get("greeting")).isEqualTo("world");
        } finally {
            client.shutdown();
            resources.shutdown().await();
        }
    }
}

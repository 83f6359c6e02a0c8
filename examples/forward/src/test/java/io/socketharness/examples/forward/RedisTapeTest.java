package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

/** Tapes of Redis, with Jedis and Lettuce. */
class RedisTapeTest extends TapeContract {

    @RegisterExtension
    static final RealServer REDIS = Redis.server();

    @Override
    Stream<Client> clients() {
        List<String> report = List.of("expected  hello\n", "received  hellp\n");
        return Stream.of(
                new Client("Jedis", "tcp", List.of(), report, RedisTapeTest::jedis),
                new Client("Lettuce", "tcp", List.of(), report, RedisTapeTest::lettuce));
    }

    @Override
    Behaviour forwardToRealServer(String transport) {
        return Behaviours.forwardTo(REDIS.url());
    }

    @Override
    void stopRealServer() throws Exception {
        REDIS.stop();
    }

    static void jedis(FakeServer server, String word) {
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            redis.set("greeting", word);
            assertThat(redis.get("greeting")).isEqualTo(word);
        }
    }

    static void lettuce(FakeServer server, String word) {
        RedisURI uri = RedisURI.builder()
                .withHost(server.host())
                .withPort(server.port())
                .withTimeout(Duration.ofSeconds(5))
                .build();
        io.lettuce.core.RedisClient client = io.lettuce.core.RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("greeting", word);
            assertThat(redis.get("greeting")).isEqualTo(word);
        } finally {
            client.shutdown();
        }
    }
}

package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.latency;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.CertificateAuthority;
import java.io.File;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A real Redis, with Jedis and Lettuce: what they send is recorded, and the network can be bad. */
@Timeout(120)
@SocketServer(forwardTo = "tcp://127.0.0.1:${redis.port}")
class RedisTest {

    @RegisterExtension
    static final RealServer REDIS = Redis.server();

    // tag::recorded[]
    @Test
    void recordsWhatJedisSends(FakeServer server) {
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            redis.set("greeting", "hello");
            assertThat(redis.get("greeting")).isEqualTo("hello");
        }
        assertThat(server)
                .connection(0)
                .receivedInOrder("$3\r\nSET\r\n$8\r\ngreeting\r\n$5\r\nhello\r\n", "$3\r\nGET\r\n$8\r\ngreeting\r\n");
        assertThat(server.recording().exchanges().get(0).sentText()).endsWith("+OK\r\n$5\r\nhello\r\n");
    }
    // end::recorded[]

    @Test
    void recordsWhatLettuceSends(FakeServer server) {
        io.lettuce.core.RedisClient client = lettuce(server);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("greeting", "hello");
            assertThat(redis.get("greeting")).isEqualTo("hello");
        } finally {
            client.shutdown();
        }
        assertThat(server).connection(0).receivedInOrder("HELLO", "SET", "GET");
    }

    // tag::published[]
    @Test
    void messagesThatRedisPublishesPass(FakeServer server) throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        io.lettuce.core.RedisClient client = lettuce(server);
        try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub();
                StatefulRedisConnection<String, String> publisher = client.connect()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    messages.add(message);
                }
            });
            subscriber.sync().subscribe("news");

            publisher.sync().publish("news", "hello");

            assertThat(messages.poll(30, TimeUnit.SECONDS)).isEqualTo("hello");
        } finally {
            client.shutdown();
        }
    }
    // end::published[]

    // tag::late[]
    @Test
    void jedisTimesOutWhenTheAnswerIsLate(FakeServer server) {
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().socketTimeoutMillis(1_000).build();
        try (RedisClient redis = RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .clientConfig(config)
                .build()) {
            redis.set("greeting", "hello");
            server.connection(0).network(latency(Duration.ofSeconds(20)).toClient());

            assertThatThrownBy(() -> redis.get("greeting")).hasRootCauseInstanceOf(SocketTimeoutException.class);

            assertThat(redis.get("greeting")).isEqualTo("hello"); // on a new connection
        }
        assertThat(server).hasConnections(2);
    }
    // end::late[]

    @Test
    void lettuceTimesOutWhenTheAnswerIsLate(FakeServer server) {
        io.lettuce.core.RedisClient client = lettuce(server);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("greeting", "hello");
            connection.setTimeout(Duration.ofSeconds(1));
            server.network(latency(Duration.ofSeconds(20)).toClient());

            assertThatThrownBy(() -> redis.get("greeting")).isInstanceOf(RedisCommandTimeoutException.class);
        } finally {
            client.shutdown();
        }
    }

    // tag::reset[]
    @Test
    void jedisFailsOnceWhenTheConnectionBreaks(FakeServer server) {
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            redis.set("greeting", "hello");
            server.connection(0).network(limit(1).reset().toClient()); // in the middle of the next answer

            assertThatThrownBy(() -> redis.get("greeting")).isInstanceOf(JedisConnectionException.class);

            assertThat(redis.get("greeting")).isEqualTo("hello"); // on a new connection
        }
        assertThat(server).hasConnections(2).connection(0).wasReset();
    }
    // end::reset[]

    @Test
    void lettuceFailsOnceWhenTheConnectionBreaks(FakeServer server) {
        io.lettuce.core.RedisClient client = lettuce(server);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("greeting", "hello");
            server.connection(0).network(limit(1).reset().toClient());

            assertThatThrownBy(() -> redis.get("greeting"))
                    .isInstanceOf(RedisException.class)
                    .hasRootCauseInstanceOf(SocketException.class);

            assertThat(redis.get("greeting")).isEqualTo("hello"); // Lettuce has connected again
        } finally {
            client.shutdown();
        }
    }

    @Test
    void lettuceRepeatsACommandWhenTheConnectionCloses(FakeServer server) {
        io.lettuce.core.RedisClient client = lettuce(server);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("visitors", "0");
            server.connection(0).network(limit(1).close().toClient()); // in the middle of the next answer

            assertThat(redis.incr("visitors")).isEqualTo(2); // counted twice: Lettuce has sent it again
        } finally {
            client.shutdown();
        }
        assertThat(server).hasConnections(2);
        assertThat(server).connection(1).receivedContaining("INCR");
    }

    @Test
    void clientsCanUseTlsAlthoughRedisDoesNot(
            @SocketServer(transport = "tls", forwardTo = "tcp://127.0.0.1:${redis.port}") FakeServer server) {
        File trusted = CertificateAuthority.shared().pkcs12File("changeit").toFile();
        DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                .sslOptions(SslOptions.builder()
                        .truststore(trusted, "changeit".toCharArray())
                        .trustStoreType("PKCS12")
                        .build())
                .build();
        try (RedisClient redis = RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .clientConfig(config)
                .build()) {
            redis.set("greeting", "hello");
        }
        assertThat(server).connection(0).negotiated("TLSv1.3").receivedContaining("greeting");
    }

    // tag::unix[]
    @Test
    void redisCanListenOnAUnixSocket() {
        try (FakeServer server = FakeServer.start("tcp:", forwardTo("unix://" + REDIS.directory() + "/redis.sock"));
                RedisClient redis = RedisClient.create(server.host(), server.port())) {
            redis.set("greeting", "hello");

            assertThat(redis.get("greeting")).isEqualTo("hello");
            assertThat(server).connection(0).receivedInOrder("SET", "GET");
        }
    }
    // end::unix[]

    private static io.lettuce.core.RedisClient lettuce(FakeServer server) {
        return io.lettuce.core.RedisClient.create(RedisURI.create(server.host(), server.port()));
    }
}

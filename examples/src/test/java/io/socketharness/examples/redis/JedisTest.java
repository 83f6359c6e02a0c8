package io.socketharness.examples.redis;

import static io.socketharness.script.Behaviours.expect;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.frame;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;

/** Redis over TCP: a dispatcher answers the few commands that the test needs, in whatever order Jedis sends them. */
class JedisTest {

    // tag::redis[]
    private static final Behaviour REDIS = Script.of(
            frame(new RespCommands()),
            match(
                    when(expect("HELLO 3"), send("%1\r\n+proto\r\n:3\r\n")),
                    when(expectLineMatching("CLIENT SETINFO .*"), send("+OK\r\n")),
                    when(expectLineMatching("SET greeting (?<greeting>.*)"), send("+OK\r\n")),
                    when(expect("GET greeting"), send("+${greeting}\r\n")),
                    when(expect("INCR greeting"), send("-ERR value is not an integer\r\n"))));
    // end::redis[]

    @Test
    void readsWhatItWrote(@SocketServer FakeServer server) {
        server.enqueue(REDIS);
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            assertThat(redis.set("greeting", "hello")).isEqualTo("OK");
            assertThat(redis.get("greeting")).isEqualTo("hello");
        }
    }

    @Test
    void throwsWhatTheServerComplainsOf(@SocketServer FakeServer server) {
        server.enqueue(REDIS);
        try (RedisClient redis = RedisClient.create(server.host(), server.port())) {
            assertThatThrownBy(() -> redis.incr("greeting"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessage("ERR value is not an integer");
        }
    }
}

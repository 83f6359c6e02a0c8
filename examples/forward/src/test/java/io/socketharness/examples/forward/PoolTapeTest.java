package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Behaviours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;

/** The connections of a pool begin alike, and a replay does not depend on which of them sends which command. */
class PoolTapeTest {

    private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

    @RegisterExtension
    static final RealServer REDIS = Redis.server();

    @Test
    void replaysInAnotherOrder() throws Exception {
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", Behaviours.forwardTo(REDIS.url()))) {
            talk(server, false);
            tape = Tape.of(server.recording());
        }
        REDIS.stop();

        try (FakeServer server = FakeServer.start("tcp:", tape)) {
            talk(server, true);
            server.verify();
        }
    }

    /** Two threads of an application, each with a connection of the pool. */
    private static void talk(FakeServer server, boolean swapped) {
        try (RedisClient redis = RedisClient.create(server.host(), server.port());
                Connection one = redis.getPool().getResource();
                Connection two = redis.getPool().getResource()) {
            assertThat((swapped ? two : one).executeCommand(COMMANDS.set("stock", "7")))
                    .isEqualTo("OK");
            assertThat((swapped ? one : two).executeCommand(COMMANDS.get("price")))
                    .isNull();
        }
    }
}

package io.socketharness.testcontainers;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server in a container as the real server behind a fake one. */
@Timeout(120)
class ForwardToContainerTest {

    // tag::container[]
    static final RedisContainer REDIS = new RedisContainer();

    @BeforeAll
    static void startRedis() {
        REDIS.start();
        System.setProperty("redis.host", REDIS.getHost());
        System.setProperty("redis.port", String.valueOf(REDIS.getFirstMappedPort()));
    }

    @Test
    @SocketServer(forwardTo = "tcp://${redis.host}:${redis.port}", network = "latency 50ms")
    void waitsForALatePong(FakeServer server) throws Exception {
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(firstLine(client)).isEqualTo("+PONG");
        }
        assertThat(server).connection(0).received("PING\r\n").sent("+PONG\n");
    }
    // end::container[]

    private static String firstLine(Socket client) throws Exception {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    @AfterAll
    static void stopRedis() {
        REDIS.stop();
        System.clearProperty("redis.host");
        System.clearProperty("redis.port");
    }
}

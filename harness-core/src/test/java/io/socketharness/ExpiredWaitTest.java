package io.socketharness;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A wait whose time is over looks at what the system holds before it fails: the client came in time, and the JVM stood
 * still, as it does for a debugger or the garbage collector. A timeout that is over at once shows the same.
 */
@Timeout(120)
class ExpiredWaitTest {

    private static final int ROUNDS = 50;

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#inClear")
    void acceptsAClientThatHasCome(String url) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            try (FakeServer server = FakeServer.start(url + "?timeout=1ns");
                    Client client = Client.of(server)) {
                client.send("a");
                Connection connection = server.accept();
                assertThat(connection.receiveLine()).isEqualTo("a");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#inClear")
    void verifiesAClientThatHasDoneItsPart(String url) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            try (FakeServer server = FakeServer.start(
                            url + "?timeout=1ns",
                            expectLine("a"),
                            sendLine("b"),
                            expectLine("c"),
                            sendLine("d"),
                            c -> assertThat(c.receiveLine()).isEqualTo("e"));
                    Client client = Client.of(server)) {
                for (String line : List.of("a", "c", "e")) {
                    client.send(line);
                }
                server.verify();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#inClear")
    void reportsFailuresSoFar(String url) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            try (FakeServer server = FakeServer.start(url + "?timeout=1ns", expectLine("a"), expectLine("b"));
                    Client client = Client.of(server)) {
                client.send("a");
                client.send("x");
                org.assertj.core.api.Assertions.assertThatThrownBy(server::verifyNoFailures)
                        .hasMessageContaining("received  x");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#inClear")
    void assertsOnReceivedData(String url) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            try (FakeServer server = FakeServer.start(url + "?timeout=1ns");
                    Client client = Client.of(server)) {
                client.send("a");
                assertThat(server).hasConnections(1);
                Exchange first = server.recording().awaitExchange(0).awaitReceived("a");
                assertThat(first.await(e -> e.receivedText().startsWith("a"), Duration.ofSeconds(Long.MIN_VALUE)))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void receivesPendingData(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url);
                Client client = Client.of(server)) {
            client.send("hello");
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("hello");
            for (int i = 0; i < ROUNDS; i++) {
                client.send("line " + i);
                assertThat(connection.within(Duration.ZERO).receiveLine()).isEqualTo("line " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void receivesAllOfALongMessageThatHasCome(String url) throws IOException {
        String line = "x".repeat(100_000);
        try (FakeServer server = FakeServer.start(url);
                Client client = Client.of(server)) {
            Connection connection = server.accept();
            for (int i = 0; i < ROUNDS; i++) {
                client.send(line);
                assertThat(connection.within(Duration.ZERO).receiveLine()).isEqualTo(line);
            }
        }
    }

    @Test
    void aLimitMayBeAnyDuration() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            for (Duration huge : List.of(Duration.ofSeconds(Long.MIN_VALUE), Duration.ofSeconds(-1))) {
                assertThat(server.recording().await(r -> false, huge)).isFalse();
            }
            assertThat(server.recording().await(r -> true, Duration.ofSeconds(Long.MAX_VALUE)))
                    .isTrue();
        }
    }
}

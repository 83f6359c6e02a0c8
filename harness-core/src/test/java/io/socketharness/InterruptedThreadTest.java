package io.socketharness;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Connection;
import io.socketharness.script.ServerClosed;
import io.socketharness.spi.TestCode;
import io.socketharness.spi.VerificationResult;
import io.socketharness.testing.Reports;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On an interrupted thread, what need not wait works as on any other, and what has to wait says so. */
@Timeout(120)
class InterruptedThreadTest {

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void aFinishedScriptIsVerified(String url) throws IOException {
        for (int i = 0; i < 40; i++) {
            try (FakeServer server =
                            FakeServer.start(url + "?timeout=1h", expectLine("a"), sendLine("b"), expectLine("c"));
                    Client client = Client.of(server)) {
                client.send("a");
                assertThat(client.receive()).isEqualTo("b");
                client.send("c");
                Thread.currentThread().interrupt();
                server.verify();
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void outstandingStepsFailWithoutAWait(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=1h", expectLine("a"), expectLine("c"));
                Client client = Client.of(server)) {
            client.send("a");
            Thread.currentThread().interrupt();
            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "connection 0: step 2 of 2 failed",
                            "\"c\" did not arrive before the verifying thread was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aScriptThatNoConnectionRanFailsWithoutAWait() {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h", expectLine("a"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(server::verify)
                    .hasMessage(
                            Reports.nobody(server, "before the verifying thread was interrupted") + "\n\n    C: a\n");
            Thread.interrupted();
        }
    }

    @Test
    void anInterruptEndsTheWaitOfAVerification() {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h", expectLine("a"))) {
            Thread verifying = Thread.currentThread();
            new Thread(() -> {
                        while (verifying.getState() != Thread.State.TIMED_WAITING) {
                            Thread.onSpinWait();
                        }
                        verifying.interrupt();
                    })
                    .start();
            assertThatThrownBy(server::verify).hasMessageContaining("before the verifying thread was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void allServersOfATestAreVerified() throws IOException {
        try (FakeServer idle = FakeServer.start("tcp:?timeout=1h", expectLine("a"));
                FakeServer failing = FakeServer.start("tcp:?timeout=1h", expectLine("b"));
                Client client = Client.of(failing)) {
            client.send("x");
            Thread.currentThread().interrupt();
            VerificationResult judgement = new VerificationResult();
            judgement.verify(idle);
            judgement.verify(failing);
            judgement.verifyNoFailures(failing);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(judgement.failure(new TestCode(InterruptedThreadTest.class, "test")))
                    .get()
                    .satisfies(first -> assertThat(first)
                            .hasMessageContaining("received  x")
                            .satisfies(e -> assertThat(e.getSuppressed())
                                    .anySatisfy(also -> assertThat(also)
                                            .hasMessageStartingWith(idle.uri() + ": no client connected"))));
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void pendingConnectionsAndDataAreReceived(String url) throws IOException {
        for (int i = 0; i < 20; i++) {
            try (FakeServer server = FakeServer.start(url + "?timeout=1h");
                    Client client = Client.of(server)) {
                client.send("a");
                Thread.currentThread().interrupt();
                Connection connection = server.accept();
                assertThat(connection.receiveLine()).isEqualTo("a");
                assertThat(server).hasConnections(1);
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void aLookWithoutAWaitIsNone() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            Thread.currentThread().interrupt();
            assertThat(server.recording().await(r -> false, Duration.ZERO)).isFalse();
            assertThatThrownBy(() -> server.recording().await(r -> false, Duration.ofHours(1)))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void aServerRefusesAndListens(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, expectLine("a"), sendLine("b"))) {
            Thread.currentThread().interrupt();
            server.refuse();
            server.listen();
            assertThat(Thread.interrupted()).isTrue();
            try (Client client = Client.of(server)) {
                client.send("a");
                assertThat(client.receive()).isEqualTo("b");
                server.verify();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void aCloseLeavesBehavioursTheirTimeToEnd(String url) throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<Object> ended = new AtomicReference<>();
        FakeServer server = FakeServer.start(url, c -> {
            c.sendLine(c.receiveLine());
            try {
                c.receiveLine();
            } catch (ServerClosed closed) {
                closing.countDown();
                try {
                    mayEnd.await();
                    ended.set("in peace");
                } catch (InterruptedException interrupted) {
                    ended.set(interrupted);
                }
            }
        });
        try (Client client = Client.of(server)) {
            client.send("a");
            assertThat(client.receive()).isEqualTo("a");
            FutureTask<Void> other = new FutureTask<>(() -> {
                closing.await();
                mayEnd.countDown();
                return null;
            });
            new Thread(other).start();
            Thread.currentThread().interrupt();
            server.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ended.get()).isEqualTo("in peace");
        }
    }
}

package io.socketharness;

import static io.socketharness.script.Behaviours.discard;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that connect or send without end hold up nobody: what counts is what was there when someone looked. */
@Timeout(120)
class BusyClientsTest {

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void thatConnectInALoopHoldUpNoTest(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url + "?timeout=1h&backlog=64", discard());
                Busy clients = new Busy(4, () -> {
                    try (Client client = Client.of(server)) {
                        assertThat(client).isNotNull();
                    } catch (java.io.UncheckedIOException refused) {
                        // until the server listens again
                    }
                })) {
            server.recording().awaitExchange(10);
            for (int i = 0; i < 5; i++) {
                server.verifyNoFailures();
                assertThat(server.recording().await(r -> false, Duration.ZERO)).isFalse();
                server.refuse();
                server.listen();
            }
            server.close();
            assertThat(clients.failure()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#inClear")
    void thatSendInALoopHoldUpNoTest(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url + "?timeout=1h&recordingLimit=1000", discard());
                Client client = Client.of(server);
                Busy clients = new Busy(4, () -> client.send("x".repeat(1000)))) {
            assertThat(server.recording().await(r -> hasReceived(r.exchanges()), Duration.ofSeconds(30)))
                    .isTrue();
            for (int i = 0; i < 5; i++) {
                server.verify();
            }
            server.close();
            assertThat(clients).isNotNull();
        }
    }

    private static boolean hasReceived(List<Exchange> exchanges) {
        return !exchanges.isEmpty() && exchanges.get(0).has(Event.Kind.RECEIVED);
    }

    private interface Action {
        void run() throws IOException;
    }

    /** Threads that do something until the end, or until it fails. */
    private static final class Busy implements AutoCloseable {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final FutureTask<?>[] tasks;
        private volatile @Nullable Throwable failed;

        Busy(int threads, Action action) {
            tasks = new FutureTask<?>[threads];
            for (int i = 0; i < threads; i++) {
                tasks[i] = new FutureTask<>(() -> run(action), null);
                Thread thread = new Thread(tasks[i]);
                thread.setDaemon(true);
                thread.start();
            }
        }

        private void run(Action action) {
            try {
                while (!ended.get()) {
                    action.run();
                }
            } catch (Throwable thrown) {
                failed = thrown;
            }
        }

        @Nullable
        Throwable failure() {
            return failed;
        }

        @Override
        public void close() throws Exception {
            ended.set(true);
            for (FutureTask<?> task : tasks) {
                task.get(60, TimeUnit.SECONDS);
            }
        }
    }
}

package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.testing.Reports;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is waited for on a server that is closed, and nothing changes it. */
@Timeout(60)
class ClosedServerTest {

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void isVerifiedAtOnceForAnUnusedScript(String url) {
        FakeServer server = FakeServer.start(url + "?timeout=1h", expectLine("a"));
        server.close();
        assertThatThrownBy(server::verify)
                .hasMessage(Reports.nobody(server, "before the server was closed") + "\n\n    C: a\n");
    }

    @Test
    void isVerifiedAtOnceForAnEnqueuedScript() throws IOException {
        FakeServer server = FakeServer.start("tcp:?timeout=1h");
        server.enqueue(expectLine("a"), sendLine("done"));
        server.enqueue(expectLine("b"));
        try (Client client = Client.of(server)) {
            client.send("a");
            assertThat(client.receive()).isEqualTo("done");
        }
        server.close();
        assertThatThrownBy(server::verify)
                .hasMessageContaining(
                        ": script 2 of 2 was not used before the server was closed: only one client connected. Each script"
                                + " serves one connection. If the unused ones need not run, set optional = true.");
    }

    @Test
    void theEndOfTheServerEndsAVerification() throws Exception {
        FakeServer server = FakeServer.start("tcp:?timeout=1h", expectLine("a"));
        FutureTask<Void> verifying = new FutureTask<>(server::verify, null);
        Thread thread = new Thread(verifying);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        server.close();
        assertThatThrownBy(() -> verifying.get(10, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining(": no client connected before the server was closed.");
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void staysClosed(String url) {
        FakeServer server = FakeServer.start(url);
        server.close();
        server.listen();
        assertThat(server).hasToString("FakeServer{" + server.uri() + ", closed}");
        server.refuse();
        assertThat(server).hasToString("FakeServer{" + server.uri() + ", closed}");
    }

    @Test
    void isNotWaitedForByAnAwait() {
        FakeServer server = FakeServer.start("tcp:");
        server.close();
        assertThat(server.recording().await(r -> !r.exchanges().isEmpty(), Duration.ofHours(1)))
                .isFalse();
    }
}

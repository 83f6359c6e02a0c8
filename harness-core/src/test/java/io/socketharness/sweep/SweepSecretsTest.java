package io.socketharness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The report of a sweep shows no secrets. */
class SweepSecretsTest {

    private static final String SECRET = "sesame";

    private static Sweep sweep() {
        return Sweep.of(ServerSpec.builder("tcp")
                        .script(Script.parse("C~ PASS .*\nS: ok\n"))
                        .redact("PASS (.*)")
                        .timeout(Duration.ofMillis(500))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(3))
                .parallel(16);
    }

    private static void logIn(FakeServer server, String password) throws IOException {
        try (MailClient client = new MailClient(SweptSockets.connect(server, 300))) {
            client.write("PASS " + password);
            client.line();
        }
    }

    @Test
    void inTheReasonOfADialogueThatChanged() {
        AtomicInteger runs = new AtomicInteger();
        SweepReport report = sweep().run(server -> logIn(server, SECRET + (runs.incrementAndGet() > 2 ? 2 : 1)));
        assertThat(report.counts()).containsKey(Verdict.DIVERGED);
        assertThat(report.runs()).noneMatch(run -> run.reason().contains(SECRET));
    }

    @Test
    void inTheMessageThatTwoRunsDiffer() {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> sweep().run(server -> logIn(server, SECRET + runs.incrementAndGet())))
                .hasMessageContaining("first:  C: PASS ***")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void inTheFailureWithoutAFault() {
        assertThatThrownBy(() -> sweep().run(server -> {
                    logIn(server, SECRET);
                    throw new IOException("wrong password: " + SECRET);
                }))
                .hasMessageContaining("wrong password: ******\n");
    }

    /** Also if the client has not sent it in the run. */
    @Test
    void inTheExceptionOfTheClient() {
        SweepReport report = sweep().run(server -> {
            try {
                logIn(server, SECRET);
            } catch (IOException failed) {
                throw new IOException(SECRET, failed);
            }
        });
        assertThat(report.counts()).containsKey(Verdict.TOLERATED);
        assertThat(report.runs()).noneMatch(run -> run.reason().contains(SECRET));
    }
}

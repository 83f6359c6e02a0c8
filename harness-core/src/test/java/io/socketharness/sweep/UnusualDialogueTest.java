package io.socketharness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sweeps of dialogues with an unusual shape. */
class UnusualDialogueTest {

    private static final int TIMEOUT = 300;

    private static Sweep sweep(String script) {
        return Sweep.of(ServerSpec.builder("tcp")
                        .script(Script.parse(script))
                        .timeout(Duration.ofMillis(500))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(3))
                .parallel(8);
    }

    private static MailClient connect(FakeServer server) throws IOException {
        return new MailClient(SweptSockets.connect(server, TIMEOUT));
    }

    private static void ask(FakeServer server, String question) throws IOException {
        try (MailClient client = connect(server)) {
            client.write(question);
            client.line();
        }
    }

    @Test
    void manyConnectionsAreNoRetryStorm() {
        String last = "split \"S: a\" (connection 20)";
        SweepReport report = sweep("C: A\nS: a\n").only(last).run(server -> {
            for (int i = 0; i < 21; i++) {
                ask(server, "A");
            }
        });
        assertThat(verdict(report, last)).isEqualTo(Verdict.SURVIVED);
    }

    private static Verdict verdict(SweepReport report, String name) {
        return report.runs().stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .orElseThrow()
                .verdict();
    }
}

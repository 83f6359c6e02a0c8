package io.socketharness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep says about mistakes in its declaration and in its test. */
class SweepMessagesTest {

    private static final String CLOSE = "close at accept (connection 0)";

    private static Sweep sweep() {
        return Sweep.of(ServerSpec.builder("tcp")
                        .script(Script.parse("C: TEMP?\nS: 21.5\n"))
                        .timeout(Duration.ofMillis(300))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(5));
    }

    private static void ask(FakeServer server, String question) throws IOException {
        try (MailClient client = new MailClient(SweptSockets.connect(server, 1500))) {
            client.write(question);
            client.line();
        }
    }

    @Test
    void parallelRunsNeedDifferentAddresses() {
        Sweep fixed = Sweep.of(ServerSpec.parse("tcp://127.0.0.1:1234")).parallel(2);
        assertThatThrownBy(() -> fixed.run(server -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found the port 1234 and parallel(2); servers that run at the same time need different"
                        + " addresses: set no port, and give the client that of the server, or remove parallel");
        Sweep path = Sweep.of(ServerSpec.parse("unix:/tmp/x.sock")).parallel(2);
        assertThatThrownBy(() -> path.run(server -> {})).hasMessageStartingWith("found the path /tmp/x.sock and");
    }

    @Test
    void saysWhyTheDialogueDidNotComeToThePlace() {
        AtomicInteger runs = new AtomicInteger();
        SweepReport report = sweep().only("split \"S: 21.5\" (connection 0)")
                .run(server -> ask(server, runs.incrementAndGet() <= 2 ? "TEMP?" : "TIME?"));

        assertThat(report.runs())
                .filteredOn(run -> run.verdict() == Verdict.NOT_REACHED)
                .extracting(SweepRun::reason)
                .containsExactly("the dialogue did not come to this place; connection 0: the script failed at step 1"
                        + " of 2: expected TEMP?, received TIME?");
    }

    @Test
    void tellsWhyALineOfKnownWeaknessesNoLongerApplies(@TempDir Path directory) throws IOException {
        Path known = directory.resolve("client.faults");
        Files.write(
                known,
                List.of("HANG " + CLOSE, "HANG reset at acept (connection 0)", "HANG refuse connection 0 and later"));
        SweepReport report = sweep().known(known).max(4).run(server -> {
            try {
                ask(server, "TEMP?");
            } catch (ConnectException refused) {
                throw new IllegalStateException(refused);
            }
        });

        assertThatThrownBy(report::verify)
                .hasMessageContaining("Remove these lines from " + known
                        + ", because the client survives them now:\n  HANG " + CLOSE + "\n\n")
                .hasMessageContaining("Change these lines in " + known
                        + ", because their faults have another verdict now:\n"
                        + "  HANG refuse connection 0 and later\n    now WRONG_EXCEPTION\n\n")
                .hasMessageEndingWith("Correct or remove these lines in " + known
                        + ", because the sweep has no faults with these names:\n"
                        + "  HANG reset at acept (connection 0)\n    did you mean reset at accept (connection 0)?");
    }
}

package io.socketharness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sweeps of dialogues with an unusual shape. */
class UnusualDialogueTest {

    private static final int TIMEOUT = 400;

    private static Sweep sweep(String script) {
        return Sweep.of(ServerSpec.builder("tcp")
                        .script(Script.parse(script))
                        .timeout(Duration.ofMillis(500))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(3))
                .parallel(16);
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

    /** As with FTP: the control connection is open before that for data. */
    @Test
    void aFarewellOnAnotherConnectionIsNoMismatch() {
        SweepReport report = Sweep.of(ServerSpec.builder("tcp")
                        .scripts(List.of(
                                Script.parse("S: hi\nC: LIST\nS: open\nC: OK\nS: done\nC: Q\nS: bye\n"),
                                Script.parse("C: B\nS: b\n")))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(3))
                .parallel(16)
                .run(server -> {
                    try (MailClient control = connect(server)) {
                        control.line();
                        control.write("LIST");
                        control.line();
                        try {
                            ask(server, "B");
                        } catch (IOException gaveUp) {
                            control.write("Q");
                            throw gaveUp;
                        }
                        control.write("OK");
                        control.line();
                        control.write("Q");
                        control.line();
                    }
                });
        assertThat(report.failures()).isEmpty();
    }

    /** The client connects again as soon as it has an answer. */
    @Test
    void refusesAConnectionInTime() {
        SweepReport report = sweep("C! 41\nS! 42\n").max(2_000).run(server -> {
            for (int i = 0; i < 8; i++) {
                try (Socket socket = SweptSockets.connect(server, TIMEOUT)) {
                    socket.getOutputStream().write('A');
                    if (socket.getInputStream().read() != 'B') {
                        throw new EOFException();
                    }
                }
            }
        });
        assertThat(report.failures()).isEmpty();
        assertThat(report.runs())
                .filteredOn(run -> run.effect() == Effect.REFUSE || run.effect() == Effect.IGNORE)
                .hasSize(16)
                .allSatisfy(run -> assertThat(run.verdict()).as(run.name()).isEqualTo(Verdict.TOLERATED));
    }

    @Test
    void noClientIsNoSuccess() {
        assertThatThrownBy(() -> Sweep.of(ServerSpec.parse("tcp:")).run(server -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "No client connected in the run without a fault. Does the client use the address of the server?");
    }

    @Test
    void serverEndsItsSideInTheMiddle() {
        SweepReport report = sweep("C: A\nS: a\n@half-close\nC: B\n").run(server -> {
            try (MailClient client = connect(server)) {
                client.write("A");
                client.line();
                assertThatThrownBy(client::line).isInstanceOf(EOFException.class);
                client.write("B");
            } catch (AssertionError noEnd) {
                throw new IllegalStateException("the server did not end its side", noEnd);
            }
        });
        assertThat(verdict(report, "stall in place of the close (connection 0)"))
                .isEqualTo(Verdict.WRONG_EXCEPTION);
        assertThat(report.counts()).doesNotContainKey(Verdict.NOT_REACHED);
        assertThat(run(report, "stall in place of the close (connection 0)")
                        .scripts()
                        .get(0))
                .endsWith("C: A\nS: a\n@stall");
    }

    @Test
    void laterConnectionWithAnotherDialogue() {
        Script list = Script.parse("C: LIST\nS: ok\nC: END\nS: done\n");
        Script data = Script.parse("C: x\nS: 1\nC: y\nS: 2\n");
        SweepReport report = Sweep.of(ServerSpec.builder("tcp")
                        .scripts(List.of(list, data))
                        .timeout(Duration.ofMillis(500))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(3))
                .parallel(16)
                .run(server -> {
                    try (MailClient control = connect(server)) {
                        control.write("LIST");
                        control.line();
                        try (MailClient transfer = connect(server)) {
                            transfer.write("x");
                            transfer.line();
                            transfer.write("y");
                            transfer.line();
                        }
                        control.write("END");
                        control.line();
                    }
                });
        assertThat(report.failures()).isEmpty();
        assertThat(report.counts()).doesNotContainKeys(Verdict.DIVERGED, Verdict.NOT_REACHED);
        assertThat(verdict(report, "stall before \"S: done\" (connection 0 and later)"))
                .isEqualTo(Verdict.TOLERATED);
    }

    @Test
    void testThatServesTheConnectionItself() {
        SweepReport report = Sweep.of(ServerSpec.builder("tcp")
                        .timeout(Duration.ofMillis(500))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(3))
                .parallel(16)
                .run(server -> {
                    try (MailClient client = connect(server)) {
                        client.write("A");
                        Connection connection = server.accept();
                        connection.receiveLine();
                        connection.sendLine("a");
                        client.line();
                        client.write("B");
                        connection.receiveLine();
                    }
                });
        assertThat(report.failures()).isEmpty();
        // where the client notices the fault first, its exception is tolerated
        assertThat(report.runs())
                .filteredOn(run -> run.verdict() == Verdict.NOT_APPLICABLE)
                .extracting(SweepRun::reason)
                .anyMatch(reason -> reason.startsWith(
                        "the test serves the connection itself, and its server code failed because of the fault: "));
        assertThat(verdict(report, "stall after 1 byte of \"S: a\" (connection 0)"))
                .isEqualTo(Verdict.TOLERATED);
    }

    @Test
    void longMessagesThatBeginAlikeAreTold() {
        String charge = "CHARGE account 0123456789012345678901234567890123456789 amount ";
        SweepReport report = sweep("C~ CHARGE .*\nS: one\nC~ CHARGE .*\nS: two\n")
                .once("CHARGE")
                .run(server -> {
                    try (MailClient client = connect(server)) {
                        client.write(charge + 1);
                        client.line();
                        client.write(charge + 2);
                        client.line();
                    } catch (IOException again) {
                        try (MailClient client = connect(server)) {
                            client.write(charge + 1);
                            client.line();
                        }
                    }
                });
        assertThat(verdict(report, "close before \"S: one\" (connection 0)")).isEqualTo(Verdict.REPEATED);
    }

    private static Verdict verdict(SweepReport report, String name) {
        return run(report, name).verdict();
    }

    private static SweepRun run(SweepReport report, String name) {
        return report.runs().stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

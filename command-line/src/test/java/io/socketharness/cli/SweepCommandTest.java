package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb sweep, with clients in the language of the shell. */
class SweepCommandTest {

    /** Reads an answer with its end, within a time limit. */
    private static final String READ = "exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT || exit 75;"
            + " printf 'GET\\n' >&3 || exit 75; ";

    private static final String CAREFUL = READ + "read -r -t 1 answer <&3 || exit 75; echo $answer";
    /** Takes half an answer for the whole. */
    private static final String CARELESS =
            READ + "read -r -t 1 answer <&3; [ -n \"$answer\" ] || exit 75; echo $answer";

    @TempDir
    Path directory;

    private String script;

    @BeforeEach
    void script() throws IOException {
        Program.require("bash");
        Program.require("timeout");
        script = Files.writeString(directory.resolve("get.script"), "@eol lf\nC: GET\nS: 21.5\n")
                .toString();
    }

    private Cli.Result sweep(String client, String... options) {
        List<String> arguments = new ArrayList<>(List.of("sweep", script, "--parallel", "8"));
        arguments.addAll(List.of(options));
        // the shell has no time limit for its connect
        arguments.addAll(List.of("--", "timeout", "3", "bash", "-c", client));
        return Cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void aCarefulClientSurvives() {
        Cli.Result result = sweep(CAREFUL, "--tolerates", "75,124", "--last-reply-needed");

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("TOLERATED").contains("SURVIVED").contains("S: 21.5");
    }

    @Test
    void aCarelessClientReturnsHalfAnAnswer() throws IOException {
        Path page = directory.resolve("report.html");
        Cli.Result result = sweep(CARELESS, "--tolerates", "75,124", "--html", page.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("WRONG_RESULT close after 2 bytes of \"S: 21.5\" (connection 0)")
                .contains("the output of the command differs: expected 21.5 and found 21\n")
                .doesNotContain("HANG");
        assertThat(result.err())
                .contains("socket-harness: WRONG_RESULT: close after 2 bytes of \"S: 21.5\" (connection 0)\n");
        assertThat(Files.readString(page)).contains("WRONG_RESULT");
    }

    @Test
    void anotherExitCodeIsNotTolerated() {
        Cli.Result result =
                sweep(CAREFUL, "--tolerates", "1,2", "--only", "reset after 3 bytes of \"S: 21.5\" (connection 0)");

        assertThat(result.out())
                .contains("(connection 0)\n  the command ended with exit code 75: ")
                .contains(" = an exit code that is not tolerated")
                .doesNotContain("exception")
                .doesNotContain("the test");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void advisesToTolerateExitCodesWhereNoneIs() {
        Cli.Result result = sweep(CAREFUL, "--only", "reset after 3 bytes of \"S: 21.5\" (connection 0)");

        assertThat(result.out()).contains("WRONG_EXCEPTION");
        assertThat(result.err())
                .endsWith("socket-harness: no exit code is tolerated; if the command reports faults with one, add it,"
                        + " such as --tolerates 75\n");
    }

    @Test
    void textOfTheCommandDoesNotReachTheTerminalRaw() {
        Cli.Result result = sweep(
                CARELESS.replace("echo $answer", "printf '\\033[31m%s\\n' \"$answer\""),
                "--tolerates",
                "75,124",
                "--only",
                "close after 2 bytes of \"S: 21.5\" (connection 0)");

        assertThat(result.out()).contains("expected \\u001b[31m21.5 and found \\u001b[31m21\n");
        assertThat(result.out() + result.err()).doesNotContain("\u001b");
    }

    @Test
    void aDirectoryOfKnownWeaknessesIsRefused() {
        Cli.Result result = sweep(CAREFUL, "--known", directory.toString());

        assertThat(result.err()).isEqualTo("socket-harness: " + directory + ": Is a directory\n");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void theFirstRunMustSucceed() {
        Cli.Result result = sweep("echo a reason >&2; exit 9", "--tolerates", "any");

        assertThat(result.err())
                .startsWith("socket-harness: The run without a fault failed, so nothing was swept: ")
                .contains("the command ended with exit code 9: a reason");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aClientWithoutALimitHangs() {
        String client = READ + "read -r answer <&3; echo $answer";
        Cli.Result result = sweep(
                client,
                "--tolerates",
                "any",
                "--time-limit",
                "1s",
                "--only",
                "stall before \"S: 21.5\" (connection 0)");

        assertThat(result.out()).contains("HANG").contains("  the command did not end within 1 s");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aProcessInTheBackgroundMayHoldTheOutput() {
        Cli.Result result = sweep(
                CAREFUL + "; sleep 10 &",
                "--tolerates",
                "any",
                "--time-limit",
                "5s",
                "--only",
                "split \"S: 21.5\" (connection 0)");

        assertThat(result.code()).as(result.out() + result.err()).isZero();
    }

    @Test
    void theOutputMustBeTheSameWithoutAFault() {
        Cli.Result result = sweep(CAREFUL + "; echo $EPOCHREALTIME", "--tolerates", "any");

        assertThat(result.err())
                .startsWith("socket-harness: The run without a fault failed, so nothing was swept: the output of the"
                        + " command differs: expected 21.5 ");
    }

    @Test
    void aPageThatCannotBeWrittenIsRefusedAtOnce() {
        Path started = directory.resolve("started");
        Cli.Result result = sweep("touch " + started, "--html", script + "/report.html");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("socket-harness: " + script + "/report.html: " + script + " is not a directory\n");
        assertThat(started).doesNotExist();
    }

    @Test
    void aSignalEndsTheCommand() throws Exception {
        Path started = directory.resolve("started");
        String client =
                "sleep 1000 & echo \"$! $$\" > " + started + ".part; mv " + started + ".part " + started + "; wait";
        try (CliProcess program = CliProcess.start("sweep", script, "--", "bash", "-c", client)) {
            while (!Files.exists(started)) {
                Thread.onSpinWait();
            }
            List<ProcessHandle> processes = Stream.of(
                            Files.readString(started).strip().split(" "))
                    .map(id -> ProcessHandle.of(Long.parseLong(id)).orElseThrow())
                    .toList();

            program.signal("TERM");

            assertThat(program.end().code()).isEqualTo(143);
            for (ProcessHandle process : processes) {
                process.onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aPartOfTheOutputMayDiffer() {
        Cli.Result result = sweep(
                CAREFUL + "; echo at $EPOCHREALTIME",
                "--tolerates",
                "any",
                "--output-mask",
                "at [0-9.]+",
                "--only",
                "split \"S: 21.5\" (connection 0)");

        assertThat(result.code()).as(result.out() + result.err()).isZero();
    }
}

package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import io.socketharness.testing.StandardError;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attributes {@code tape}, {@code mask} and {@code redact}: files, modes and messages. */
class TapesTest {

    private static final String PORT = "socketharness.test.real.port";
    private static final String PACKAGE = "io/socketharness/junit5";

    /** What the fixtures send; a test changes it to play a client that has changed. */
    private static volatile String request = "GET 2026-11-29";

    @TempDir
    Path directory;

    private FakeServer real;

    @BeforeEach
    void startRealServer() {
        request = "GET 2026-11-29";
        real = FakeServer.start("tcp:", Script.parse("""
                @match
                  C~ GET (?<day>.*)
                  S: sunny on ${day}
                @or
                  C~ PASS (?<word>.*)
                  S: welcome with ${word}
                @end
                """));
        System.setProperty(PORT, String.valueOf(real.port()));
    }

    @AfterEach
    void stopRealServer() {
        real.close();
        System.clearProperty(PORT);
    }

    private Run run(String mode, Class<?> fixture) {
        return Run.of(
                Map.of("socketharness.tape", mode, "socketharness.tape.directory", directory.toString()), fixture);
    }

    private Path tape(String name) {
        return directory.resolve(PACKAGE).resolve(name);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void areRecordedOnceAndThenReplayedWithoutTheRealServer() throws IOException {
        String printed = StandardError.during(() -> run("auto", Weather.class).passed(1));

        assertThat(tape("weather.tape")).hasContent("""
                # Recorded from tcp://localhost:${socketharness.test.real.port}. To record it again: -Dsocketharness.tape=record

                @connection tcp
                @eol crlf exact
                C: GET 2026-11-29
                S: sunny on 2026-11-29
                """);
        assertThat(printed).isEqualTo("socket-harness: recorded " + tape("weather.tape") + ", 1 connection\n");

        real.close();
        run("auto", Weather.class).passed(1);
        run("replay", Weather.class).passed(1);
        request = "GET 2026-11-30";
        assertThat(run("auto", Weather.class).message("asks"))
                .contains(
                        "step 2 of 3 failed",
                        "expected  GET 2026-11-29",
                        "received  GET 2026-11-30",
                        "This is a replay of weather.tape. Declare a part that differs in each run with mask. If the client"
                                + " or the real server has changed, record the tape again: run the test with"
                                + " -Dsocketharness.tape=record");
    }

    static class Weather {
        @Test
        void asks(@SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "weather.tape") FakeServer server)
                throws IOException {
            ask(server, request);
        }
    }

    private static void ask(FakeServer server, String line) throws IOException {
        try (Socket socket = new Socket(server.host(), server.port())) {
            ask(socket, line);
        }
    }

    private static void ask(Socket socket, String line) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (int next = socket.getInputStream().read();
                next != '\n';
                next = socket.getInputStream().read()) {
            if (next < 0) {
                throw new EOFException("no answer to " + line);
            }
        }
    }

    @Test
    void areRecordedAgainWithTheDifference() throws IOException {
        StandardError.during(() -> run("auto", Weather.class).passed(1));
        String first = Files.readString(tape("weather.tape"));

        assertThat(StandardError.during(() -> run("record", Weather.class).passed(1)))
                .isEqualTo("socket-harness: recorded " + tape("weather.tape") + " again, without a difference\n");
        assertThat(tape("weather.tape")).hasContent(first);

        request = "GET 2026-11-30";
        assertThat(StandardError.during(() -> run("record", Weather.class).passed(1)))
                .isEqualTo("socket-harness: recorded " + tape("weather.tape") + " again, 4 lines differ:\n"
                        + "  - C: GET 2026-11-29\n"
                        + "  - S: sunny on 2026-11-29\n"
                        + "  + C: GET 2026-11-30\n"
                        + "  + S: sunny on 2026-11-30\n");
        assertThat(tape("weather.tape")).content().contains("sunny on 2026-11-30");
    }

    @Test
    void ofAFailedTestAreNotWritten() throws IOException {
        run("auto", Failing.class).counts(0, 1, 0);
        run("record", Unverified.class).counts(0, 1, 0);

        assertThat(files()).isEmpty();
    }

    static class Failing {
        @Test
        void fails(
                @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "weather.tape") FakeServer server)
                throws IOException {
            ask(server, request);
            throw new AssertionError("wrong");
        }
    }

    static class Unverified {
        @Test
        void neverConnects(
                @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "weather.tape") FakeServer server) {
            assertThat(server.port()).isPositive();
        }
    }

    @Test
    void hideSecretsAndAllowOtherValues() throws IOException {
        StandardError.during(() -> run("auto", Login.class).passed(1));

        assertThat(tape("login.tape")).content().endsWith("""
                C~ PASS .*
                S: welcome with ******
                C~ GET (?<day>\\d{4}-\\d\\d-\\d\\d)
                S: sunny on ${day}
                """);
        real.close();
        Login.password = "another";
        Login.day = "2027-01-01";
        run("replay", Login.class).passed(1);
        Login.day = "tomorrow";
        assertThat(run("replay", Login.class).message("logsIn"))
                .contains("received  GET tomorrow", "C: PASS *******")
                .doesNotContain("another");
        Login.password = "s3cret";
        Login.day = "2026-11-29";
    }

    static class Login {
        static volatile String password = "s3cret";
        static volatile String day = "2026-11-29";

        @Test
        void logsIn(
                @SocketServer(
                                forwardTo = "tcp://localhost:${" + PORT + "}",
                                tape = "login.tape",
                                mask = "(?<day>\\d{4}-\\d\\d-\\d\\d)",
                                redact = {"PASS (.*)", "welcome with (.*)"})
                        FakeServer server)
                throws IOException {
            try (Socket socket = new Socket(server.host(), server.port())) {
                ask(socket, "PASS " + password);
                ask(socket, "GET " + day);
            }
        }
    }

    @Test
    void haveTheNamesOfMethodsAndInvocations() throws IOException {
        StandardError.during(() -> run("auto", Many.class).passed(4));

        assertThat(files())
                .extracting(file -> directory.relativize(file).toString())
                .containsExactlyInAnyOrder(
                        PACKAGE + "/TapesTest-Many-one.tape",
                        PACKAGE + "/TapesTest-Many-other.tape",
                        "tapes/again-1.tape",
                        "tapes/again-2.tape");
        real.close();
        run("replay", Many.class).passed(4);
    }

    @SocketServer(name = "shared", forwardTo = "tcp://localhost:${" + PORT + "}", tape = "{class}-{method}.tape")
    static class Many {
        @Test
        void one(@FromServer("shared") FakeServer server) throws IOException {
            ask(server, "GET one");
        }

        @Test
        void other(@FromServer("shared") FakeServer server) {
            assertThat(server.port()).isPositive();
        }

        @RepeatedTest(2)
        @SocketServer(
                name = "shared",
                forwardTo = "tcp://localhost:${" + PORT + "}",
                tape = "/tapes/{method}-{index}.tape")
        void again(@FromServer("shared") FakeServer server) throws IOException {
            ask(server, "GET again");
        }
    }

    @Test
    void ofAWholeClassAreWrittenAtItsEnd() throws IOException {
        StandardError.during(() -> run("auto", Shared.class).passed(2));

        assertThat(tape("TapesTest-Shared.tape")).content().contains("GET 1", "GET 2");
        real.close();
        run("replay", Shared.class).passed(2);
    }

    static class Shared {
        @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "{class}.tape")
        static FakeServer server;

        @Test
        void first() throws IOException {
            ask(server, "GET 1");
        }

        @Test
        void second() throws IOException {
            ask(server, "GET 2");
        }
    }

    @Test
    void thatCannotBeUsedAreRefused() throws IOException {
        Path parent = Files.createDirectories(directory.resolve("io/socketharness"));
        Files.writeString(parent.resolve("junit5"), "in the way");
        assertThat(run("auto", Weather.class).message("asks"))
                .isEqualTo("@SocketServer on parameter [server] of [asks()]: tape " + tape("weather.tape")
                        + " cannot be recorded: " + parent.resolve("junit5")
                        + " is not a directory; change socketharness.tape.directory");
    }

    @Test
    void thatAreMissingOrMalformedAreReported() throws IOException {
        assertThat(run("replay", Weather.class).message("asks"))
                .isEqualTo(
                        "@SocketServer on parameter [server] of [asks()]: tape weather.tape was not found, neither as "
                                + tape("weather.tape")
                                + " nor on the class path, and is not recorded because socketharness.tape"
                                + " is replay. To record it, run the test with -Dsocketharness.tape=record where the real server"
                                + " tcp://localhost:${socketharness.test.real.port} can be reached");
        assertThat(run("auto", WithoutServer.class).message("asks"))
                .isEqualTo(
                        "@SocketServer on parameter [server] of [asks()]: tape weather.tape was not found, neither as "
                                + tape("weather.tape")
                                + " nor on the class path. To record it, set forwardTo to the address of"
                                + " the real server");
        assertThat(run("records", Weather.class).message("asks"))
                .isEqualTo("@SocketServer on parameter [server] of [asks()]: socketharness.tape is \"records\"; auto,"
                        + " record or replay is allowed");
        Files.createDirectories(directory.resolve(PACKAGE));
        Files.writeString(tape("weather.tape"), "# old\n\n@connection tcp\nC: GET\nX: what\n");
        assertThat(run("replay", Weather.class).message("asks"))
                .isEqualTo(
                        "@SocketServer on parameter [server] of [asks()]: tape weather.tape cannot be read: script line"
                                + " 5: \"X: what\" does not begin with S: C: C~ S< C< S! C! @ or #; a step is one line: if this is"
                                + " part of the line above, join the two lines\n    X: what\n    ^\nMend the line, or record the"
                                + " tape again with -Dsocketharness.tape=record");
    }

    @Test
    void thatAreMalformedCanBeRecordedAgain() throws IOException {
        Files.createDirectories(directory.resolve(PACKAGE));
        Files.writeString(tape("weather.tape"), "X: what\n");

        StandardError.during(() -> run("record", Weather.class).passed(1));
        run("replay", Weather.class).passed(1);
    }

    static class WithoutServer {
        @Test
        void asks(@SocketServer(tape = "weather.tape") FakeServer server) throws IOException {
            ask(server, request);
        }
    }

    @Test
    void thatSeveralServersShareAreRefused() {
        Run run = run("auto", Ambiguous.class);

        List<String> messages = new ArrayList<>();
        for (String test :
                List.of("ofClass", "repeated", "unknown", "withScript", "maskAlone", "wrongMask", "up", "outside")) {
            messages.add(run.message(test));
        }
        assertThat(messages)
                .containsExactly(
                        "@SocketServer on class [Ambiguous]: tape \"a.tape\" is the same for all tests that class"
                                + " [Ambiguous] gives a server; put {method} into it, such as {class}-{method}.tape",
                        "@SocketServer on method [repeated()]: tape \"b.tape\" is the same for all invocations of repeated;"
                                + " put {index} into it, such as {method}-{index}.tape",
                        "@SocketServer on method [unknown()]: tape \"{methods}.tape\" contains {methods}; did you mean"
                                + " method?",
                        "@SocketServer on method [withScript()]: found tape and script; a server replays a tape or runs"
                                + " scripts: only forwardTo goes with tape",
                        "@SocketServer on method [maskAlone()]: found mask without tape; mask declares the variable parts"
                                + " of a tape",
                        "@SocketServer on method [wrongMask()]: mask \"(x\" is not a regular expression: Unclosed group at"
                                + " 3",
                        "@SocketServer on method [up()]: tape \"../x.tape\" is not the name of a file; use a name such as"
                                + " redis.tape, or /tapes/redis.tape from the root of the resources",
                        "@SocketServer on method [outside()]: tape \"//tmp/x.tape\" is not the name of a file; use a name"
                                + " such as redis.tape, or /tapes/redis.tape from the root of the resources");
    }

    @SocketServer(name = "shared", forwardTo = "tcp://localhost:1", tape = "a.tape")
    static class Ambiguous {
        @Test
        void ofClass(@FromServer("shared") FakeServer server) {}

        @RepeatedTest(2)
        @SocketServer(name = "shared", forwardTo = "tcp://localhost:1", tape = "b.tape")
        void repeated(@FromServer("shared") FakeServer server) {}

        @Test
        @SocketServer(name = "shared", forwardTo = "tcp://localhost:1", tape = "{methods}.tape")
        void unknown(@FromServer("shared") FakeServer server) {}

        @Test
        @SocketServer(name = "shared", script = "C: a", tape = "{method}.tape")
        void withScript(@FromServer("shared") FakeServer server) {}

        @Test
        @SocketServer(name = "shared", forwardTo = "tcp://localhost:1", mask = "x")
        void maskAlone(@FromServer("shared") FakeServer server) {}

        @Test
        @SocketServer(name = "shared", forwardTo = "tcp://localhost:1", tape = "{method}.tape", mask = "(x")
        void wrongMask(@FromServer("shared") FakeServer server) {}

        @Test
        @SocketServer(name = "shared", forwardTo = "tcp://localhost:1", tape = "../x.tape")
        void up(@FromServer("shared") FakeServer server) {}

        @Test
        @SocketServer(name = "shared", forwardTo = "tcp://localhost:1", tape = "//tmp/x.tape")
        void outside(@FromServer("shared") FakeServer server) {}
    }

    @Test
    void ofTwoServersInOneRunAreRefused() {
        for (String mode : List.of("auto", "record")) {
            List<Run> runs = new ArrayList<>();
            StandardError.during(() -> runs.add(run(mode, SameFile.class)));

            assertThat(runs.get(0).failures()).hasSize(1);
            assertThat(runs.get(0).failures().values().iterator().next())
                    .message()
                    .contains(
                            "same.tape is the tape of " + SameFile.class.getName() + ".",
                            " in this run, and not of ",
                            "; give each server its own tape");
        }
        assertThat(run("auto", TwoServers.class).message("asksBoth"))
                .isEqualTo("@SocketServer on parameter [other] of [asksBoth()]: tape " + tape("both.tape")
                        + " is the tape of " + TwoServers.class.getName()
                        + ".asksBoth, parameter [one] of [asksBoth()] in"
                        + " this run, and not of " + TwoServers.class.getName() + ".asksBoth, parameter [other] of"
                        + " [asksBoth()]; give each server its own tape");
    }

    static class TwoServers {
        @Test
        void asksBoth(
                @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "both.tape") FakeServer one,
                @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "both.tape") FakeServer other)
                throws IOException {
            ask(one, "GET 1");
            ask(other, "GET 2");
        }
    }

    @Test
    void ofNestedClassesHaveTheNamesOfTheClassesAroundThem() {
        assertThat(StandardError.during(() -> run("auto", Outer.class).passed(1)))
                .contains(tape("TapesTest-Outer-Inner.tape").toString());
    }

    static class Outer {
        @Nested
        class Inner {
            @Test
            void asks(
                    @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "{class}.tape")
                            FakeServer server)
                    throws IOException {
                ask(server, "GET nested");
            }
        }
    }

    @Test
    void areReplayedFromTheClassPathWithANote() {
        URL copy = Objects.requireNonNull(TapesTest.class.getResource("copied.tape"));
        // in a jar it is no copy of a file that somebody has deleted
        String note = copy.getProtocol().equals("file")
                ? "socket-harness: replaying " + copy + ", because there is no " + tape("copied.tape")
                        + "; to record it again, run the test with -Dsocketharness.tape=record\n"
                : "";
        assertThat(StandardError.during(() -> run("auto", Copied.class).passed(1)))
                .isEqualTo(note);
        assertThat(StandardError.during(() -> run("replay", Copied.class).passed(1)))
                .isEmpty();
    }

    static class Copied {
        @Test
        void asks(@SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "copied.tape") FakeServer server)
                throws IOException {
            ask(server, "GET a copy");
        }
    }

    @Test
    void withoutTheRealServerSayWhyTheyAreRecorded() {
        real.close();

        assertThat(run("auto", Weather.class).message("asks"))
                .contains(
                        "cannot be reached: Connection refused",
                        "This run records weather.tape, because it was not found, neither as " + tape("weather.tape")
                                + " nor on the class path. It is written when the test has passed.");
    }

    @Test
    void masksAndSecretsThatMatchNothingAreNamed() {
        assertThat(StandardError.during(() -> run("auto", Unmatched.class).passed(1)))
                .contains(
                        "socket-harness: mask \"[A-Z]{20}\" matches nothing in unmatched.tape\n",
                        "socket-harness: redact \"AUTH (.*)\" matches nothing in unmatched.tape\n")
                .doesNotContain("\"GET");
    }

    static class Unmatched {
        @Test
        void asks(
                @SocketServer(
                                forwardTo = "tcp://localhost:${" + PORT + "}",
                                tape = "unmatched.tape",
                                mask = {"[A-Z]{20}", "GET \\w+"},
                                redact = {"AUTH (.*)", "sunny on (.*)"})
                        FakeServer server)
                throws IOException {
            ask(server, "GET Monday");
        }
    }

    static class SameFile {
        @Test
        @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "same.tape")
        void one(FakeServer server) throws IOException {
            ask(server, "GET 1");
        }

        @Test
        @SocketServer(forwardTo = "tcp://localhost:${" + PORT + "}", tape = "same.tape")
        void two(FakeServer server) throws IOException {
            ask(server, "GET 2");
        }
    }
}

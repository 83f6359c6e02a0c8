package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Script;
import io.socketharness.testing.CpuTime;
import io.socketharness.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What is printed when a tape was recorded. */
@Isolated("replaces System.err")
class TapeRecorderTest {

    @TempDir
    Path directory;

    private String printed(FakeServer server, @Nullable Tape before) throws IOException {
        PrintStream original = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
            new TapeRecorder(server, directory.resolve("a.tape"), before, List.of(), "tcp://real")
                    .prepare()
                    .run();
        } finally {
            System.setErr(original);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSecretOfTheTapeBeforeIsNotPrinted() throws IOException {
        Tape before = Tape.parse("@connection tcp\n@eol crlf exact\nC: PASS hunter\nS: ok hunter\n");
        try (FakeServer server = FakeServer.start(
                        ServerSpec.builder("tcp").redact("PASS (\\w+)").build(), Script.parse("C~ .*\nS: ok"));
                TestClient client = TestClient.connect(server)) {
            client.send("PASS hunter\r\n").readLine();

            assertThat(printed(server, before))
                    .contains("- C: PASS ******\n", "- S: ok ******\n", "+ C~ PASS .*\n")
                    .doesNotContain("hunter");
        }
    }

    @Test
    void aSecretInAnotherLineIsReported() throws IOException {
        try (FakeServer server = FakeServer.start(
                        ServerSpec.builder("tcp").redact("PASS (\\w+)").build(),
                        Script.parse("C~ .*\nS: hello hunter"));
                TestClient client = TestClient.connect(server)) {
            client.send("PASS hunter\r\n").readLine();

            assertThat(printed(server, null))
                    .contains("line 6 of a.tape contains a value that redact removed from another line; add a regular"
                            + " expression for it");
        }
    }

    /** Takes minutes if the secrets are searched for each line. */
    @Test
    void aLongTapeIsSearchedOnce() throws Exception {
        int count = 20_000;
        try (FakeServer server = FakeServer.start(
                        ServerSpec.builder("tcp").redact("PASS (\\w+)").build(),
                        Script.parse("@repeat " + count + "\n  C~ .*\n@end\nS: ok"));
                TestClient client = TestClient.connect(server)) {
            client.send(("x".repeat(50) + "\r\n").repeat(count)).readLine();

            assertThat(CpuTime.of(() -> assertThat(printed(server, null)).contains("a.tape, 1 connection")))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    /** Such as a disk that is full: the exceptions of the JDK have the name of a temporary file, or none. */
    @Test
    void aFileThatCannotBeWrittenIsNamedAndNotReportedAsWritten() throws IOException {
        Path inTheWay = directory.resolve("a.tape");
        Files.createDirectories(inTheWay.resolve("directory"));
        try (FakeServer server = FakeServer.start(ServerSpec.builder("tcp").build(), Script.parse("C~ .*\nS: ok"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n").readLine();
            StringBuilder printed = new StringBuilder();

            assertThatThrownBy(() -> printed.append(printed(server, null)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(inTheWay + ": not a regular file; choose another name for the tape");
            assertThat(directory).isDirectoryNotContaining("glob:**.part");
        }
    }

    @Test
    void noTapeIsWrittenWithoutTheRealServer() throws IOException {
        int port = freePort();
        for (String transport : List.of("tcp", "udp")) {
            ServerSpec lax = ServerSpec.builder(transport)
                    .strict(false)
                    .script(Script.of(Behaviours.forwardTo(transport + "://127.0.0.1:" + port)))
                    .build();
            try (FakeServer server = FakeServer.start(lax)) {
                if (transport.equals("tcp")) {
                    try (TestClient client = TestClient.connect(server)) {
                        client.send("a\r\n");
                        server.recording().awaitExchange(0).awaitEnd();
                    }
                } else {
                    try (TestClient.Udp client = TestClient.Udp.connect(server)) {
                        client.send("a");
                        server.recording()
                                .await(all -> Recorder.of(all).unreachable().isPresent(), Duration.ofSeconds(20));
                    }
                }

                assertThatThrownBy(() -> printed(server, null))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith(
                                "the real server " + transport + "://127.0.0.1:" + port + " cannot be reached: ");
                assertThat(directory).isEmptyDirectory();
            }
        }
    }

    /** A port at which no server listens, over TCP and UDP. */
    private static int freePort() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0);
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort())) {
            return udp.getLocalPort();
        }
    }
}

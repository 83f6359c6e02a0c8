package io.socketharness.tape;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connection of a tape a client gets, and the messages if a client differs from the tape. */
class TapeReplayTest {

    private static final String THREE = """
            @connection
            C: GET /a
            C: Host: x
            S: a

            @connection
            C: GET /a
            C: Host: y
            S: b

            @connection
            C: POST /a
            S: c
            """;

    private static FakeServer start(String tape) {
        return FakeServer.start(
                ServerSpec.builder("tcp").timeout(Duration.ofMillis(300)).build(), Tape.parse(tape));
    }

    private static String report(FakeServer server) {
        try {
            server.verify();
        } catch (AssertionError failed) {
            return Reports.message(failed);
        }
        throw new AssertionError("nothing failed");
    }

    @Test
    void aClientGetsTheConnectionWhoseMessagesItSends() throws IOException {
        try (FakeServer server = start(THREE);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server);
                TestClient three = TestClient.connect(server)) {
            one.send("GET /a\r\nHost");
            two.send("PO").send("ST /a\r\n");
            assertThat(two.readLine()).isEqualTo("c\r\n");
            assertThat(three.send("GET /a\r\nHost: y\r\n").readLine()).isEqualTo("b\r\n");
            assertThat(one.send(": x\r\n").readLine()).isEqualTo("a\r\n");
            server.verify();
        }
    }

    @Test
    void aChangedMessageIsComparedWithTheClosest() throws IOException {
        try (FakeServer server = start(THREE);
                TestClient client = TestClient.connect(server)) {
            client.send("GET /a\r\nHost: z\r\n");

            assertThat(report(server))
                    .startsWith("""
                            tcp://127.0.0.1:PORT, connection 0: step 2 of 3 failed

                              expected  Host: x
                              received  Host: z
                                              ^ byte 6""")
                    .endsWith(
                            "  This is a replay of the tape. Declare a part that differs in each run with mask. If the"
                                    + " client or the real server has changed, record the tape again: run the test with"
                                    + " -Dsocketharness.tape=record, or use Tape.of(...) where the test has no annotation.");
        }
    }

    /** The requests of a pool are on other connections than in the recording. */
    @Test
    void aMessageOfAnotherConnectionNamesIt() throws IOException {
        try (FakeServer server = start(THREE);
                TestClient client = TestClient.connect(server)) {
            client.send("GET /a\r\nPOST /a\r\n");

            assertThat(report(server))
                    .contains("received  POST /a")
                    .contains(
                            "This is a replay of the tape. Connection 2 of the tape has the received message: does the"
                                    + " client send it in another order than in the recording, or on another connection of a"
                                    + " pool? If the client or the real server has changed, record the tape again")
                    .doesNotContain("with mask");
        }
    }

    @Test
    void aMessageThatStopsIsReported() throws IOException {
        try (FakeServer server = start(THREE);
                TestClient client = TestClient.connect(server)) {
            client.send("POST /").halfClose();

            assertThat(report(server)).contains("step 1 of 2 failed", "POST /");
        }
    }

    @Test
    void unusedConnectionsAreReported(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("three.tape"), THREE);
        try (FakeServer server = FakeServer.start(
                        ServerSpec.builder("tcp")
                                .timeout(Duration.ofMillis(300))
                                .build(),
                        Tape.read(file));
                TestClient client = TestClient.connect(server)) {
            client.send("GET /a\r\nHost: y\r\n").readLine();

            assertThat(report(server))
                    .startsWith(
                            "tcp://127.0.0.1:PORT: connections 0, 2 of three.tape were not used within 300 ms: only one"
                                    + " client connected. Each connection of the tape serves one client. If the unused ones need"
                                    + " not run, set optional = true.\n\n"
                                    + "    C: GET /a\n    C: Host: x\n    S: a\n")
                    .contains("This is a replay of three.tape.");
        }
        try (FakeServer server = FakeServer.start("tcp:?optional=true&timeout=1s", Tape.read(file))) {
            server.verify();
        }
    }

    @Test
    void longUnusedConnectionsAreShortened() {
        String lines = "S: again\n".repeat(1000) + "S: " + "x".repeat(1000) + "\n";
        try (FakeServer server = start("@connection\nC: a\nS: " + "x".repeat(1000) + "\n" + lines)) {
            assertThat(report(server)).contains("    … and 983 more lines\n").hasSizeLessThan(1500);
        }
    }

    @Test
    void surplusConnectionsAreReported() throws IOException {
        try (FakeServer server = start("@connection\nC: a\nS: b\n");
                TestClient first = TestClient.connect(server);
                TestClient second = TestClient.connect(server)) {
            first.send("a\r\n").readLine();
            second.send("a\r\n");

            assertThat(report(server))
                    .startsWith(
                            "tcp://127.0.0.1:PORT, connection 1: the client connected again, but the only connection of the"
                                    + " tape was used; should the client reuse its connection?");
        }
        try (FakeServer server = start("");
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n");

            assertThat(report(server))
                    .startsWith(
                            "tcp://127.0.0.1:PORT, connection 0: the client connected, but the tape has no connection");
        }
    }

    /** A client that tries again fails soon, whatever the timeout is. */
    @Test
    void aSurplusConnectionEndsAtItsFirstByte() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=5m", Tape.parse("@connection\nC: a\nS: b\n"));
                TestClient first = TestClient.connect(server);
                TestClient probe = TestClient.connect(server);
                TestClient second = TestClient.connect(server)) {
            first.send("a\r\n").readLine();
            probe.close();

            assertThat(second.send("a\r\n").readToEnd()).isEmpty();
            assertThat(report(server)).contains("connection 2: the client connected again");
        }
    }

    @Test
    void aProbeUsesNoConnection() throws IOException {
        try (FakeServer server = start("@connection\nC: a\nS: b\n")) {
            TestClient.connect(server).close();
            TestClient.connect(server).close();
            server.recording().awaitExchange(1).awaitEnd();
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.send("a\r\n").readLine()).isEqualTo("b\r\n");
            }
            server.verify();
        }
    }

    /** A probe on the tape would need a probe in the replay, and would make the order of connections count. */
    @Test
    void aProbeIsNotOnTheTape() throws IOException {
        Tape tape;
        try (FakeServer real = FakeServer.start("tcp:", Script.parse("C: a\nS: b"));
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(real.uri().toString()))) {
            TestClient.connect(server).close();
            server.recording().awaitExchange(0).awaitEnd();
            try (TestClient client = TestClient.connect(server)) {
                client.send("a\r\n").readLine();
            }
            TestClient.connect(server).reset();
            server.recording().awaitExchange(2).awaitEnd();
            tape = Tape.of(server.recording());
        }
        assertThat(tape.size()).isEqualTo(1);
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\r\n").readLine()).isEqualTo("b\r\n");
            server.verify();
        }
    }

    @Test
    void aClientThatWaitsForAProbeGetsItsConnection() throws IOException {
        try (FakeServer server = start("@connection\nC: a\nS: b\n");
                TestClient probe = TestClient.connect(server);
                TestClient client = TestClient.connect(server)) {
            server.recording().awaitExchange(1);
            client.send("a\r\n");
            probe.close();

            assertThat(client.readLine()).isEqualTo("b\r\n");
            server.verify();
        }
    }

    @Test
    void idleConnectionsNeedNoConnectionOfTheTape() throws IOException {
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", Behaviours.echo());
                TestClient idle = TestClient.connect(server);
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n").readLine();
            server.verify();
            tape = Tape.of(server.recording());
            assertThat(tape.size()).isEqualTo(1);
            assertThat(idle).isNotNull();
        }
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient idle = TestClient.connect(server);
                TestClient client = TestClient.connect(server);
                TestClient alsoIdle = TestClient.connect(server)) {
            server.recording().awaitExchange(2);
            assertThat(client.send("a\r\n").readLine()).isEqualTo("a\r\n");
            server.verify();
            assertThat(idle).isNotSameAs(alsoIdle);
        }
        try (FakeServer server = start("");
                TestClient idle = TestClient.connect(server)) {
            server.recording().awaitExchange(0);
            server.verify();
            assertThat(idle).isNotNull();
        }
    }

    @Test
    void aScriptInWhichTheServerBeginsCanBeAdded() throws IOException {
        try (FakeServer server = start("@connection\nC: a\nS: b\n")) {
            server.enqueue(Script.parse("S: hello"));
            try (TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                assertThat(one.readLine()).isEqualTo("hello\r\n");
                assertThat(two.send("a\r\n").readLine()).isEqualTo("b\r\n");
                server.verify();
            }
        }
    }

    @Test
    void serverThatBeginsServesInOrder() throws IOException {
        try (FakeServer server = start("@connection\nS: 1\nC: a\n\n@connection\nS: 2\nC: b\n");
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(one.readLine()).isEqualTo("1\r\n");
            assertThat(two.readLine()).isEqualTo("2\r\n");
            two.send("b\r\n");
            one.send("a\r\n");
            server.verify();
        }
    }

    @Test
    void hundredClientsAtOnce() throws Exception {
        StringBuilder tape = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            tape.append("@connection\nC: ").append(i).append("\nS: <").append(i).append(">\n");
        }
        try (FakeServer server = FakeServer.start("tcp:?timeout=20s", Tape.parse(tape.toString()))) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(TestClient.connect(server));
            }
            for (int i = 99; i >= 0; i--) {
                clients.get(i).send(i + "\r\n");
            }
            for (int i = 0; i < 100; i++) {
                assertThat(clients.get(i).readLine()).isEqualTo("<" + i + ">\r\n");
            }
            server.verify();
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    /** Takes long if the input is compared from its start whenever a part of it arrives. */
    @Test
    void longFirstMessagesDifferAtTheirEnds() throws IOException {
        String line = "x".repeat(60);
        int count = 40_000;
        String lines = ("C: " + line + "\n").repeat(count);
        String tape = "@connection\n" + lines + "C: one\nS: 1\n\n@connection\n" + lines + "C: two\nS: 2\n";
        byte[] message = (line + "\r\n").repeat(count).getBytes(StandardCharsets.US_ASCII);
        try (FakeServer server = FakeServer.start("tcp:?timeout=30s&optional=true", Tape.parse(tape));
                TestClient client = TestClient.connect(server)) {
            for (int from = 0; from < message.length; from += 4096) {
                client.send(Arrays.copyOfRange(message, from, Math.min(message.length, from + 4096)));
            }
            assertThat(client.send("two\r\n").readLine()).isEqualTo("2\r\n");
            server.verify();
        }
    }

    @Test
    void datagramsAreMatchedByTheFirst() throws IOException {
        Tape tape = Tape.parse("@connection udp\nC! 00 01\nS! ff 01\n\n@connection udp\nC! 00 02\nS! ff 02\n");
        try (FakeServer server = FakeServer.start("udp:", tape);
                TestClient.Udp one = TestClient.Udp.connect(server);
                TestClient.Udp two = TestClient.Udp.connect(server)) {
            assertThat(one.send((byte) 0, (byte) 2).receiveBytes()).containsExactly(0xff, 2);
            assertThat(two.send((byte) 0, (byte) 1).receiveBytes()).containsExactly(0xff, 1);
            server.verify();
        }
    }

    /** The client sends its last message and leaves without reading the answer. */
    @Test
    void theAnswerAfterTheClientHasLeftIsNoFailure() throws IOException {
        Tape tape;
        try (FakeServer real = FakeServer.start("tcp:", Script.parse("C: a\nS: b\nC: QUIT\nS: bye\n@close"));
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(real.uri().toString()))) {
            leave(server);
            server.recording().awaitExchange(0).awaitEnd();
            server.verify();
            tape = Tape.of(server.recording());
        }
        for (int i = 0; i < 20; i++) {
            try (FakeServer server = FakeServer.start("tcp:", tape)) {
                leave(server);
                server.verify();
            }
        }
    }

    private static void leave(FakeServer server) throws IOException {
        try (TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\r\n").readLine()).isEqualTo("b\r\n");
            client.send("QUIT\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://[::1]:0"})
    void theAddressOfTheServerIsAVariable(String url) throws IOException {
        Tape tape;
        try (FakeServer server = FakeServer.start(
                        "tcp:", Behaviours.forever(Behaviours.reply(line -> "Location: http:" + line.substring(5))));
                TestClient client = TestClient.connect(server)) {
            host(client, server);
            server.verify();
            tape = Tape.of(server.recording());
        }
        assertThat(tape.connection(0)).isEqualTo("""
                        @eol crlf exact
                        C: Host //${address}
                        S: Location: http://${address}
                        C: Host //localhost:${port}/
                        S: Location: http://localhost:${port}/
                        """);

        try (FakeServer server = FakeServer.start(url, tape);
                TestClient client = TestClient.connect(server)) {
            host(client, server);
            server.verify();
        }
    }

    private static void host(TestClient client, FakeServer server) throws IOException {
        String address = server.uri().toString().substring("tcp://".length());
        assertThat(client.send("Host //" + address + "\r\n").readLine())
                .isEqualTo("Location: http://" + address + "\r\n");
        client.send("Host //localhost:" + server.port() + "/\r\n").readLine();
    }

    @Test
    void startTlsIsAStep() throws Exception {
        Tape tape;
        try (FakeServer real = FakeServer.start("tcp:", Script.parse("C: STARTTLS\nS: 220 go\n@starttls\nC: a\nS: b"));
                FakeServer server = FakeServer.start(
                        "tcp:", forwardTo(real.uri() + "?trust=any").startTls("smtp"))) {
            startTls(server);
            server.verify();
            tape = Tape.of(server.recording());
        }
        // a slow handshake is noted as a pause
        assertThat(tape.connection(0).replaceAll("#.*\n", ""))
                .isEqualTo("@eol crlf exact\nC: STARTTLS\nS: 220 go\n@starttls\nC: a\nS: b\n");
        try (FakeServer server = FakeServer.start("tcp:", tape)) {
            startTls(server);
            server.verify();
        }
    }

    private static void startTls(FakeServer server) throws Exception {
        try (TestClient client = TestClient.connectPlain(server)) {
            assertThat(client.send("STARTTLS\r\n").readLine()).isEqualTo("220 go\r\n");
            try (TestClient secure = client.startTls(server)) {
                assertThat(secure.send("a\r\n").readLine()).isEqualTo("b\r\n");
            }
        }
    }

    @Test
    void aScriptCanBeAdded() throws IOException {
        try (FakeServer server = start("@connection\nC: a\nS: b\n")) {
            server.enqueue(Script.parse("C: more\nS: yes"));
            try (TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                assertThat(one.send("more\r\n").readLine()).isEqualTo("yes\r\n");
                assertThat(two.send("a\r\n").readLine()).isEqualTo("b\r\n");
                server.verify();
            }
        }
    }

    @Test
    void expectEndWaitsForTheClient() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:?timeout=300ms", Script.parse("C: a\n@expect-end\nS: b\n@close"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n").halfClose();
            assertThat(client.readToEnd()).isEqualTo("b\r\n");
            server.verify();
        }
        try (FakeServer server = FakeServer.start("tcp:?timeout=300ms", Script.parse("C: a\n@expect-end\nS: b"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n");
            assertThat(report(server))
                    .contains("step 2 of 3 failed", "the end of the client's input did not arrive within 300 ms");
        }
        try (FakeServer server = FakeServer.start("tcp:?timeout=300ms", Script.parse("C: a\n@expect-end\nS: b"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\nmore");
            assertThat(report(server))
                    .contains("step 2 of 3 failed", "expected the end of the client's input, received more");
        }
        assertThatThrownBy(() -> FakeServer.start("udp:", Script.parse("C: a\n@expect-end")))
                .hasMessage("over udp, @expect-end needs a stream: datagrams have no connection that a client closes");
        assertThat(Script.parse("@expect-end"))
                .isEqualTo(Script.of(Behaviours.expectEnd()))
                .hasToString("@expect-end\n");
    }
}

package io.socketharness.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What decides which connection of a tape a client gets. */
class TapeConnectionsTest {

    private static final String LOGIN = "@connection\nC: LOGIN\nS: ok\n";

    private static FakeServer start(String tape) {
        return FakeServer.start("tcp:?timeout=20s", Tape.parse(tape));
    }

    private static String ask(TestClient client, String message) throws IOException {
        return client.send(message + "\r\n").readLine();
    }

    /** The second datagram differs, before the server answers. */
    @Test
    void eachDatagramDecides() throws IOException {
        Tape tape = Tape.parse("@connection udp\nC: a\nC: b\nS: 1\n\n@connection udp\nC: a\nC: c\nS: 2\n");
        try (FakeServer server = FakeServer.start("udp:", tape);
                TestClient.Udp one = TestClient.Udp.connect(server);
                TestClient.Udp two = TestClient.Udp.connect(server)) {
            assertThat(one.send("a").send("c").receive()).isEqualTo("2");
            assertThat(two.send("a").send("b").receive()).isEqualTo("1");
            server.verify();
        }
    }

    @Test
    void theEndsOfLinesDecide() throws IOException {
        String crlf = "@eol crlf exact\nC: A\nS: 1\n";
        String lf = "@eol lf exact\nC: A\nS: 2\n";
        try (FakeServer server = start("@connection\n" + crlf + "\n@connection\n" + lf);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(one.send("A\n").readLine()).isEqualTo("2\n");
            assertThat(two.send("A\r\n").readLine()).isEqualTo("1\r\n");
            server.verify();
        }
        try (FakeServer server = start(LOGIN + crlf + "\n" + LOGIN + lf);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(ask(one, "LOGIN") + ask(two, "LOGIN")).isEqualTo("ok\r\nok\r\n");
            assertThat(one.send("A\n").readLine()).isEqualTo("2\n");
            assertThat(two.send("A\r\n").readLine()).isEqualTo("1\r\n");
            server.verify();
        }
    }

    /** A message is compared in the charset of its own connection. */
    @Test
    void charsetsDecide() throws IOException {
        String tape = "@connection\n@charset ISO-8859-1\nC: \u00e4\nS: 1\n\n@connection\nC: \u00e4\nS: 2\n";
        try (FakeServer server = start(tape);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(one.send("\u00e4\r\n").readLine()).isEqualTo("2\r\n");
            assertThat(two.send((byte) 0xe4, (byte) '\r', (byte) '\n').readLine())
                    .isEqualTo("1\r\n");
            server.verify();
        }
    }

    /** Health checks that overlap leave the connections in the order of the tape. */
    @Test
    void clientsThatLeaveWithoutAByteChangeNothing() throws IOException {
        String tape = "@connection\nC: A\nS: 1\n\n@connection\nC: B\nS: 2\n\n@connection\nS: 220\nC: C\nS: 3\n";
        try (FakeServer server = start(tape)) {
            try (TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                server.recording().awaitExchange(1);
                assertThat(one.halfClose().readToEnd() + two.halfClose().readToEnd())
                        .isEmpty();
            }
            try (TestClient one = TestClient.connect(server)) {
                assertThat(ask(one, "A")).isEqualTo("1\r\n");
            }
            try (TestClient two = TestClient.connect(server)) {
                assertThat(ask(two, "B")).isEqualTo("2\r\n");
            }
            try (TestClient three = TestClient.connect(server)) {
                assertThat(three.readLine() + ask(three, "C")).isEqualTo("220\r\n3\r\n");
            }
            server.verify();
        }
    }

    @Test
    void theReportShowsTheMessagesThatRemain() throws IOException {
        StringBuilder tape = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            tape.append(LOGIN)
                    .append("C: GET ")
                    .append(i)
                    .append("\nS: ")
                    .append(i)
                    .append("\n\n");
        }
        try (FakeServer server = FakeServer.start("tcp:?timeout=300ms", Tape.parse(tape.toString()));
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(ask(one, "LOGIN") + ask(two, "LOGIN")).isEqualTo("ok\r\nok\r\n");
            assertThat(ask(two, "GET 1")).isEqualTo("1\r\n");

            assertThat(Reports.of(server))
                    .contains("equal so far: C: GET 0 or C: GET 2 or C: GET 3 or 2 other messages");
        }
    }

    @Test
    void anEnqueuedScriptThatIsNotUsedIsReported() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=300ms", Tape.parse(LOGIN + "\n" + LOGIN))) {
            server.enqueue(Script.parse("C: X"));
            assertThat(Reports.of(server)).contains("no client connected within 300 ms");
            try (TestClient one = TestClient.connect(server)) {
                assertThat(ask(one, "LOGIN")).isEqualTo("ok\r\n");
                assertThat(Reports.of(server))
                        .contains("connection 1 of the tape and the enqueued script were not used within 300 ms");
            }
            try (TestClient two = TestClient.connect(server)) {
                assertThat(ask(two, "LOGIN")).isEqualTo("ok\r\n");
                assertThat(Reports.of(server)).contains(": the enqueued script was not used within 300 ms");
            }
        }
    }

    /** It does not take the connection that another client needs. */
    @Test
    void aConnectionThatEndsUndecidedUsesAnyOther() throws IOException {
        String tape = LOGIN + "C: a\nS: 1\n\n" + LOGIN + "C: b\nS: 2\n";
        try (FakeServer server = start(tape);
                TestClient one = TestClient.connect(server)) {
            assertThat(ask(one, "LOGIN")).isEqualTo("ok\r\n");
            server.connection(0).close();
            assertThat(one.readToEnd()).isEmpty();
            try (TestClient two = TestClient.connect(server)) {
                assertThat(ask(two, "LOGIN") + ask(two, "a")).isEqualTo("ok\r\n1\r\n");
                server.verify();
            }
        }
        try (FakeServer server = FakeServer.start("tcp:?timeout=300ms", Tape.parse(tape))) {
            try (TestClient one = TestClient.connect(server)) {
                assertThat(ask(one, "LOGIN")).isEqualTo("ok\r\n");
                assertThat(one.halfClose().readToEnd()).isEmpty();
            }
            try (TestClient two = TestClient.connect(server)) {
                assertThat(ask(two, "LOGIN") + ask(two, "a")).isEqualTo("ok\r\n1\r\n");
            }
            assertThat(Reports.of(server))
                    .contains("the client closed the connection while the server waited for the next message")
                    .contains("whose messages are equal so far: C: a or C: b  <- here");
        }
    }

    @Test
    void aDelayDoesNotDecide() throws IOException {
        try (FakeServer server = start(LOGIN + "@delay 1ms\nC: a\nS: 1\n\n" + LOGIN + "C: b\nS: 2\n");
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(ask(one, "LOGIN") + ask(two, "LOGIN")).isEqualTo("ok\r\nok\r\n");
            assertThat(ask(one, "b") + ask(two, "a")).isEqualTo("2\r\n1\r\n");
            server.verify();
        }
    }

    /** All of them are undecided at the same time. */
    @Test
    @Timeout(30)
    void manyConnectionsBeginAlike() throws IOException {
        int count = 400;
        StringBuilder tape = new StringBuilder();
        for (int i = 0; i < count; i++) {
            tape.append(LOGIN)
                    .append("C: GET ")
                    .append(i)
                    .append("\nS: <")
                    .append(i)
                    .append(">\n");
        }
        List<TestClient> clients = new ArrayList<>();
        try (FakeServer server = start(tape.toString())) {
            for (int i = 0; i < count; i++) {
                clients.add(TestClient.connect(server));
                assertThat(ask(clients.get(i), "LOGIN")).isEqualTo("ok\r\n");
            }
            for (int i = 0; i < count; i++) {
                assertThat(ask(clients.get(i), "GET " + (count - 1 - i))).isEqualTo("<" + (count - 1 - i) + ">\r\n");
            }
            server.verify();
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    /** They differ in the last line. */
    @Test
    @Timeout(30)
    void longConnectionsBeginAlike() throws IOException {
        int messages = 5000;
        String begin = "@connection\n" + "C: NEXT\nS: ok\n".repeat(messages);
        try (FakeServer server = start(begin + "C: a\nS: 1\n\n" + begin + "C: b\nS: 2\n\n" + begin + "C: c\nS: 3\n");
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server);
                TestClient three = TestClient.connect(server)) {
            for (TestClient client : List.of(one, two, three)) {
                client.send("NEXT\r\n".repeat(messages));
                client.read(4 * messages);
            }
            assertThat(ask(one, "c") + ask(two, "b") + ask(three, "a")).isEqualTo("3\r\n2\r\n1\r\n");
            server.verify();
        }
    }
}

package io.socketharness.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of a tape that begin alike, such as those of a pool with a login. */
class TapePoolTest {

    private static final String LOGIN = "@connection\nC: LOGIN\nS: ok\n";
    private static final String TWO = LOGIN + "C: GET a\nS: 1\n\n" + LOGIN + "C: GET b\nS: 2\n";

    private static FakeServer start(String tape) {
        return FakeServer.start(
                ServerSpec.builder("tcp").timeout(Duration.ofMillis(300)).build(), Tape.parse(tape));
    }

    private static TestClient login(FakeServer server) throws IOException {
        TestClient client = TestClient.connect(server);
        assertThat(client.send("LOGIN\r\n").readLine()).isEqualTo("ok\r\n");
        return client;
    }

    private static String ask(TestClient client, String message) throws IOException {
        return client.send(message + "\r\n").readLine();
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
    void theFirstDifferenceDecides() throws IOException {
        try (FakeServer server = start(TWO);
                TestClient one = login(server);
                TestClient two = login(server)) {
            assertThat(ask(one, "GET b")).isEqualTo("2\r\n");
            assertThat(ask(two, "GET a")).isEqualTo("1\r\n");
            server.verify();
        }
    }

    @Test
    void messagesThatFollowAtOnceDecide() throws IOException {
        try (FakeServer server = start(TWO);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            one.send("LOGIN\r\nGET b\r\n");
            two.send("LOGIN\r\nGET a\r\n");
            assertThat(one.readLine() + one.readLine()).isEqualTo("ok\r\n2\r\n");
            assertThat(two.readLine() + two.readLine()).isEqualTo("ok\r\n1\r\n");
            server.verify();
        }
    }

    /** Each message narrows the choice, also while other connections have not decided. */
    @Test
    void connectionsDecideStepByStep() throws IOException {
        String begin = LOGIN + "C: BEGIN\nS: begun\n";
        try (FakeServer server =
                        start(begin + "C: 1\nS: one\n\n" + LOGIN + "C: 2\nS: two\n\n" + begin + "C: 3\nS: three\n");
                TestClient one = login(server);
                TestClient two = login(server);
                TestClient three = login(server)) {
            assertThat(ask(one, "BEGIN")).isEqualTo("begun\r\n");
            assertThat(ask(two, "2")).isEqualTo("two\r\n");
            assertThat(ask(three, "BEGIN")).isEqualTo("begun\r\n");
            assertThat(ask(three, "1")).isEqualTo("one\r\n");
            assertThat(ask(one, "3")).isEqualTo("three\r\n");
            server.verify();
        }
    }

    /** Settings of the common steps apply to the others. */
    @Test
    void theServerMayBegin() throws IOException {
        String greeting = "@connection\n@charset ISO-8859-1\n@eol lf exact\nS: 220 h\u00e4llo\nC: HELO\nS: 250\n";
        try (FakeServer server = start(greeting + "C: MAIL a\nS: \u00e4\n\n" + greeting + "C: MAIL b\nS: b\n");
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            for (TestClient client : List.of(two, one)) {
                assertThat(client.readBytes(10)).endsWith(0xe4, 'l', 'l', 'o', '\n');
                assertThat(client.send("HELO\n").readLine()).isEqualTo("250\n");
            }
            assertThat(one.send("MAIL b\n").readLine()).isEqualTo("b\n");
            assertThat(two.send("MAIL a\n").readBytes(2)).containsExactly(0xe4, '\n');
            server.verify();
        }
    }

    @Test
    void anIdleConnectionEndsWhereItsTapeEnds() throws IOException {
        String tape = LOGIN + "\n" + LOGIN + "C: GET b\nS: 2\n";
        try (FakeServer server = start(tape);
                TestClient one = login(server);
                TestClient two = login(server)) {
            assertThat(ask(two, "GET b")).isEqualTo("2\r\n");
            server.verify();
            one.close();
        }
        try (FakeServer server = start(tape);
                TestClient one = login(server);
                TestClient two = login(server)) {
            assertThat(report(server))
                    .contains("connection 1 of the tape was not used within 300 ms: 2 clients connected, but sent only"
                            + " messages of other connections. Each connection");
            one.close();
            two.close();
        }
    }

    @Test
    void theEndOfTheClientDecides() throws IOException {
        try (FakeServer server = start(LOGIN + "@expect-end\nS: bye\n@close\n\n" + LOGIN + "C: GET b\nS: 2\n");
                TestClient one = login(server);
                TestClient two = login(server)) {
            assertThat(ask(one, "GET b")).isEqualTo("2\r\n");
            two.halfClose();
            assertThat(two.readLine()).isEqualTo("bye\r\n");
            server.verify();
        }
    }

    @Test
    void anotherMessageIsComparedWithTheClosest() throws IOException {
        try (FakeServer server = start(TWO + "\n" + LOGIN + "C: PUT b\nS: 3\n");
                TestClient client = login(server)) {
            client.send("PUT c\r\n");

            assertThat(report(server)).startsWith("""
                    tcp://127.0.0.1:PORT, connection 0: step 3 of 4 failed

                      expected  PUT b
                      received  PUT c
                                    ^ byte 4""");
        }
    }

    @Test
    void aMissingMessageIsReported() throws IOException {
        try (FakeServer server = start(TWO);
                TestClient one = login(server);
                TestClient two = login(server)) {
            assertThat(ask(two, "GET b")).isEqualTo("2\r\n");

            // whether the first connection has looked at the others before or after the second one decided
            assertThat(report(server))
                    .containsPattern("^tcp://127\\.0\\.0\\.1:PORT, connection 0: step 3 of [34] failed")
                    .containsPattern("the (next message|line \"GET a\") did not arrive within 300 ms")
                    .containsPattern("C: GET a +<- here");
            one.close();
        }
    }

    @Test
    void oneConnectionTooManyIsReported() throws IOException {
        try (FakeServer server = start(TWO);
                TestClient one = login(server);
                TestClient two = login(server);
                TestClient three = TestClient.connect(server)) {
            assertThat(three.send("LOGIN\r\n").readToEnd()).isEmpty();
            ask(two, "GET b");
            ask(one, "GET a");

            assertThat(report(server))
                    .startsWith("tcp://127.0.0.1:PORT, connection 2: the client connected again, but all 2 connections"
                            + " of the tape were used; should the client reuse its connection?");
        }
    }

    private static final String SESSIONS = """
            @connection
            C: LOGIN
            S: session 1
            S: welcome
            C: GET a
            S: 1

            @connection
            C: LOGIN
            S: session 2
            C: GET b
            S: 2
            """;

    /** The server has to answer before the client says which connection it is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersMayDiffer(boolean swapped) throws IOException {
        try (FakeServer server = start(SESSIONS);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(ask(one, "LOGIN") + one.readLine()).isEqualTo("session 1\r\nwelcome\r\n");
            assertThat(ask(two, "LOGIN")).isEqualTo("session 2\r\n");
            TestClient first = swapped ? two : one;
            TestClient second = swapped ? one : two;
            assertThat(ask(first, "GET a")).isEqualTo("1\r\n");
            assertThat(ask(second, "GET b")).isEqualTo("2\r\n");
            server.verify();
        }
    }

    /** One connection after the other: the second one gets the answers that the first one did not. */
    @Test
    void eachAnswerIsGivenOnce() throws IOException {
        try (FakeServer server = start(SESSIONS)) {
            try (TestClient one = TestClient.connect(server)) {
                assertThat(ask(one, "LOGIN") + one.readLine()).isEqualTo("session 1\r\nwelcome\r\n");
                assertThat(ask(one, "GET b")).isEqualTo("2\r\n");
            }
            try (TestClient two = TestClient.connect(server)) {
                assertThat(ask(two, "LOGIN")).isEqualTo("session 2\r\n");
                assertThat(ask(two, "GET a")).isEqualTo("1\r\n");
            }
            server.verify();
        }
    }

    @Test
    void connectionsWithTheSameMessagesGetTheirAnswersInOrder() throws IOException {
        String tape =
                "@connection\nC: NEXT\nS: 1\n\n@connection\nC: NEXT\nS: 2\n\n@connection\nC: NEXT\nS: 3\n@close\n";
        try (FakeServer server = start(tape)) {
            for (int i = 1; i <= 3; i++) {
                try (TestClient client = TestClient.connect(server)) {
                    assertThat(ask(client, "NEXT")).isEqualTo(i + "\r\n");
                }
            }
            server.verify();
        }
    }

    /** A FIN of the server is for one connection: from there on the others have nothing in common with it. */
    @Test
    void stepsOfTheServerDecide() throws IOException {
        String tape = """
                @connection
                C: HELLO
                S: hi
                @half-close
                C: a

                @connection
                C: HELLO
                S: hi
                C: b
                S: 2

                @connection
                C: HELLO
                S: hi
                C: c
                S: 3
                """;
        try (FakeServer server = start(tape);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server);
                TestClient three = TestClient.connect(server)) {
            assertThat(ask(one, "HELLO") + one.readToEnd()).isEqualTo("hi\r\n");
            assertThat(ask(two, "HELLO")).isEqualTo("hi\r\n");
            assertThat(ask(three, "HELLO")).isEqualTo("hi\r\n");
            one.send("a\r\n");
            assertThat(ask(two, "c")).isEqualTo("3\r\n");
            assertThat(ask(three, "b")).isEqualTo("2\r\n");
            server.verify();
        }
    }

    @Test
    void aGreetingIsForOneClient() throws IOException {
        String tape = "@connection\nS: 220 id 1\nC: a\nS: 1\n\n@connection\nS: 220 id 2\nC: b\nS: 2\n";
        try (FakeServer server = start(tape);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(two.readLine()).isEqualTo("220 id 2\r\n");
            assertThat(one.readLine()).isEqualTo("220 id 1\r\n");
            assertThat(ask(one, "b")).isEqualTo("2\r\n");
            assertThat(ask(two, "a")).isEqualTo("1\r\n");
            server.verify();
        }
    }

    @Test
    void datagramsDecideToo() throws IOException {
        String hello = "@connection udp\nC: hello\nS: hi\n";
        Tape tape = Tape.parse(hello + "C: a\nS: 1\n\n" + hello + "C: b\nS: 2\n");
        try (FakeServer server = FakeServer.start("udp:", tape);
                TestClient.Udp one = TestClient.Udp.connect(server);
                TestClient.Udp two = TestClient.Udp.connect(server)) {
            assertThat(one.send("hello").receive()).isEqualTo("hi");
            assertThat(two.send("hello").receive()).isEqualTo("hi");
            assertThat(one.send("b").receive()).isEqualTo("2");
            assertThat(two.send("a").receive()).isEqualTo("1");
            server.verify();
        }
    }

    /** The clients decide at the same time, in any order. */
    @Test
    void manyClientsAtOnce() throws Exception {
        StringBuilder tape = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            tape.append(LOGIN).append("C: SELECT ").append(i % 3).append("\nS: selected\n");
            tape.append("C: GET ").append(i).append("\nS: <").append(i).append(">\n");
        }
        try (FakeServer server = FakeServer.start("tcp:?timeout=20s", Tape.parse(tape.toString()))) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                clients.add(TestClient.connect(server));
                clients.get(i).send("LOGIN\r\nSELECT " + i % 3 + "\r\n");
            }
            for (TestClient client : clients) {
                assertThat(client.readLine() + client.readLine()).isEqualTo("ok\r\nselected\r\n");
            }
            List<Integer> order = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
            Collections.shuffle(order, new Random(7));
            for (int i : order) {
                // of those with the same SELECT, in the opposite order
                clients.get(i).send("GET " + (57 - i / 3 * 3 + i % 3) + "\r\n");
            }
            for (int i : order) {
                assertThat(clients.get(i).readLine()).isEqualTo("<" + (57 - i / 3 * 3 + i % 3) + ">\r\n");
            }
            server.verify();
            for (TestClient client : clients) {
                client.close();
            }
        }
    }
}

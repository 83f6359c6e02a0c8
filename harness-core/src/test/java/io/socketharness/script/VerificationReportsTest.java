package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static io.socketharness.script.Behaviours.expect;
import static io.socketharness.script.Behaviours.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a verification says, whole, for each kind of failure. */
class VerificationReportsTest {

    private static final Script MAIL = Script.parse("""
            S: 220 mail.test ESMTP
            C: EHLO client.test
            S: 250 hello client.test
            C: QUIT
            S: 221 bye
            """);

    @Test
    void aLineThatDiffers() throws IOException {
        try (FakeServer server = FakeServer.start(named("LoginTest.mail"), MAIL);
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("EHLO klient.test\r\n").readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT [LoginTest.mail], connection 0: step 2 of 5 failed

                              expected  EHLO client.test
                              received  EHLO klient.test
                                             ^ byte 5

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                S: 220 mail.test ESMTP  TIME
                                C: EHLO klient.test  TIME
                              not reached
                                C: EHLO client.test             <- here
                                S: 250 hello client.test
                                C: QUIT
                                S: 221 bye
                            """);
        }
    }

    @Test
    void textThatDiffersFarBehind() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expect("x".repeat(60) + "é" + "y".repeat(100)));
                TestClient client = TestClient.connect(server)) {
            client.send("x".repeat(60) + "èy").readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              expected  …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxéyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy… (162 bytes)
                              received  …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxèy
                                                                                ^ byte 61

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C< xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxèy  TIME
                              not reached
                                C< xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxéyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy  <- here
                            """);
        }
    }

    @Test
    void bytesThatDiffer() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expect(new byte[] {0, 1, 2, -1}), send(new byte[] {0, -1}));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0, (byte) 1, (byte) 3, (byte) -1).readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 2 failed

                              expected  00 01 02 ff
                              received  00 01 03 ff
                                              ^ byte 2

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C! 00 01 03 ff  TIME
                              not reached
                                C! 00 01 02 ff                  <- here
                                S! 00 ff
                            """);
        }
    }

    @Test
    void aLineThatDoesNotMatch() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", expectLineMatching("EHLO (?<name>\\S+)"), sendLine("hi ${name}"));
                TestClient client = TestClient.connect(server)) {
            client.send("EHLO\r\n").readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 2 failed

                              expected  a match of EHLO (?<name>\\S+)
                              received  EHLO
                                            ^ more is expected here

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: EHLO  TIME
                              not reached
                                C~ EHLO (?<name>\\S+)            <- here
                                S: hi ${name}
                            """);
        }
    }

    @Test
    void aMessageThatNoCaseTakes() throws IOException {
        Script script = Script.parse("""
                S: hello
                @match
                  C: PING
                  S: PONG
                @or
                  C~ GET .*
                  @repeat 2
                    C: MORE
                    S: OK
                  @end
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script)) {
            TestClient one = TestClient.connect(server);
            one.send("PUT a\n").readToEnd();
            TestClient two = TestClient.connect(server);
            two.send("GET a\nMORE\nLESS\n").readToEnd();
            AssertionError failure = Reports.failure(server);

            assertThat(Reports.normal(failure)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 2 of 2 failed

                              no case matches this message

                              expected  C: PING
                                    or  C~ GET .*
                              received  PUT a

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                S: hello  TIME
                                C: PUT a  TIME
                              not reached
                                @match                          <- here
                                  C: PING
                                  S: PONG
                                @or
                                  C~ GET .*
                                  @repeat 2
                                    C: MORE
                                    S: OK
                                  @end
                                @end
                            """);
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(Reports.normal(failure.getSuppressed()[0])).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 1: step 2 of 2, in it step 2 of 2, in it step 1 of 2 failed

                              expected  MORE
                              received  LESS
                                        ^ byte 0

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                S: hello  TIME
                                C: GET a  TIME
                                C: MORE  TIME
                                C: LESS  TIME
                                S: OK  TIME
                              not reached
                                C: MORE                         <- here
                                S: OK
                            """);
        }
    }

    @Test
    void moreThanTheScriptExpects() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"), sendLine("b"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\n").readLine();
            client.send("c\r\nd").readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: failed after the last step

                              the client sent more than the script expects

                              received  c\\r\\nd

                              Add a step that expects it, or end the script with @close or @discard.

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: a  TIME
                                S: b  TIME
                                C: c  TIME
                                C< d  TIME
                            """);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfAMessage() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", MAIL)) {
            try (TestClient client = TestClient.connect(server)) {
                client.readLine();
                client.send("EHLO cl").halfClose().readToEnd();
            }

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 2 of 5 failed

                              the client closed the connection while the server waited for the line "EHLO client.test"; 7 bytes arrived, without an end of line

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                S: 220 mail.test ESMTP  TIME
                                C< EHLO cl  TIME
                              TIME  closed by the client
                              not reached
                                C: EHLO client.test             <- here
                                S: 250 hello client.test
                                C: QUIT
                                S: 221 bye
                            """);
        }
    }

    @Test
    void aClientThatSendsNoEndOfLine() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING");
            server.recording().awaitReceived("PING");
            assertThat(Reports.of(server)).startsWith("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              the line "PING" did not arrive within 100 ms; 4 bytes arrived, without an end of line
                            """);
        }
    }

    @Test
    void aClientThatSendsAPartOfAMessageForADispatcher() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:?timeout=100ms", Script.parse("@match\n  C: PING\n  S: PONG\n@end"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING");
            server.recording().awaitReceived("PING");
            assertThat(Reports.of(server)).startsWith("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              the rest of a message did not arrive within 100 ms; 4 bytes arrived, without an end of line: PING
                            """);
        }
    }

    @Test
    void aClientWithoutTheFrameThatIsExpected() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("@frame length 2\nC< PING"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("PING\r\n").halfClose().readToEnd();
            }
            assertThat(Reports.of(server)).startsWith("""
                            tcp://127.0.0.1:PORT, connection 0: step 2 of 2 failed

                              the client closed the connection while the server waited for "PING"; 6 bytes of 20555 arrived
                            """);
        }
    }

    @Test
    void aMessageThatEndsInItsLengthOrBehindIt() throws IOException {
        for (List<String> each : List.of(
                List.of("12", "; 2 bytes arrived, without :\n"), List.of("12:abc", "; 6 bytes of 15 arrived\n"))) {
            try (FakeServer server = FakeServer.start("tcp:", frame(new Netstring()), expect("abc"))) {
                try (TestClient client = TestClient.connect(server)) {
                    client.send(each.get(0)).halfClose().readToEnd();
                }
                assertThat(Reports.of(server)).contains(each.get(1));
            }
        }
    }

    private static final class Netstring implements Framing {
        @Override
        public byte[] receive(Connection connection) {
            byte[] length = connection.receiveUntil((byte) ':');
            return connection.receive(Integer.parseInt(new String(length, StandardCharsets.US_ASCII)));
        }

        @Override
        public byte[] frame(byte[] message) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aClientThatSpeaksTls() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("\u0016\u0003\u0001\0").halfClose().readToEnd();
            }

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              the client began TLS, but this server does not speak it

                              received  TLS ClientHello, 4 bytes

                              Does the client use plain text, such as http? If it should use TLS, use the transport tls, or begin TLS with @starttls.

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C! (TLS ClientHello, 4 bytes)  TIME
                              TIME  closed by the client
                              not reached
                                C: a                            <- here
                            """);
        }
    }

    @Test
    void aClientThatResets() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"), sendLine("b"), expectLine("c"))) {
            TestClient client = TestClient.connect(server);
            client.send("a\n").readLine();
            client.reset();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 3 of 3 failed

                              the client reset the connection while the server waited for the line "c"

                              A client that closes with unread input resets the connection. If it may do so here, put the remaining steps into @maybe.

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: a  TIME
                                S: b  TIME
                              TIME  reset by the client
                              not reached
                                C: c                            <- here
                            """);
        }
    }

    @Test
    void aClientThatLeavesBetweenMessages() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"), sendLine("b"), expectLine("c"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("a\n").readLine();
            }

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 3 of 3 failed

                              the client closed the connection while the server waited for the line "c"

                              If the client may close here, put the remaining steps into @maybe.

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: a  TIME
                                S: b  TIME
                              TIME  closed by the client
                              not reached
                                C: c                            <- here
                            """);
        }
    }

    @Test
    void stepsInMaybeAllowThatTheClientLeaves() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a\nS: b\n@maybe\nC: c\nS: d\n@end"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("a\n").readLine();
            }
            TestClient other = TestClient.connect(server);
            other.send("a\n").readLine();
            other.reset();

            server.verify();
        }
    }

    @Test
    void aClientThatIsTooLate() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", within(Duration.ofMillis(50)), expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            client.readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 2 of 2 failed

                              the line "PING" did not arrive within 50 ms, the limit that @within sets

                              Does the client wait for something that the script does not send?

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              not reached
                                C: PING                         <- here
                            """);
        }
    }

    @Test
    void aClientThatSendsNothing() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            assertThat(Reports.of(server)).startsWith("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              the line "PING" did not arrive within 100 ms

                              The test ended without it. Does the client send it at all? If it need not, put the remaining steps into @maybe.

                            """);
        }
    }

    @Test
    void aClientThatDoesNotContinue() throws IOException {
        try (FakeServer server = FakeServer.start(impatient(), MAIL);
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("EHLO client.test\nQU");
            client.readLine();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 4 of 5 failed

                              the line "QUIT" did not arrive within 100 ms; 2 bytes arrived, without an end of line

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                S: 220 mail.test ESMTP  TIME
                                C: EHLO client.test  TIME
                                C< QU  TIME
                                S: 250 hello client.test  TIME
                              not reached
                                C: QUIT                         <- here
                                S: 221 bye
                            """);
        }
    }

    @Test
    void aScriptThatNobodyRan() {
        try (FakeServer server = FakeServer.start(impatient())) {
            server.enqueue(expectLine("PING"), sendLine("PONG"));

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT: no client connected within 100 ms. Does the client use tcp://127.0.0.1:PORT? If it need not connect, set optional = true.

                                C: PING
                                S: PONG

                            """);
        }
    }

    @Test
    void aScriptThatAProbeGaveBack() throws IOException {
        try (FakeServer server = FakeServer.start(impatient())) {
            server.enqueue(expectLine("PING"), sendLine("PONG"));
            try (TestClient probe = TestClient.connect(server)) {
                probe.halfClose().readToEnd();
            }

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT: the script was not used within 100 ms: one client connected and left without a byte. If it need not run, set optional = true.

                                C: PING
                                S: PONG

                            tcp://127.0.0.1:PORT

                            connection 0  TIME  opened by 127.0.0.1:PORT
                              TIME  closed by the client
                              TIME  the script failed at step 1 of 2: the client closed the connection while the server waited for the line "PING"
                            """);
        }
    }

    @Test
    void aProbeIsNotAFailureIfAnotherConnectionRanTheScript() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.enqueue(expectLine("PING"), sendLine("PONG"));
            try (TestClient probe = TestClient.connect(server)) {
                probe.halfClose().readToEnd();
            }
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.send("PING\n").readLine()).isEqualTo("PONG\r\n");
            }

            server.verify();
        }
    }

    @Test
    void aConnectionThatNoScriptIsLeftFor() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.enqueue(expectLine("PING"), sendLine("PONG"));
            try (TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                one.send("PING\n").readLine();
                two.send("PING\n");
                server.recording().awaitExchange(1).awaitReceived("PING");

                assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 1: the client connected again, but its only script was used; enqueue another script, or should the client reuse its connection?

                              connection 0 ran script 1 of 1; it is still open

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: PING  TIME
                            """);
            }
        }
    }

    @Test
    void howTheConnectionBeforeOneWithoutAScriptEnded() throws IOException {
        assertThat(afterwards(c -> c.send("PING\n").halfClose().readToEnd()))
                .isEqualTo("connection 0 ran script 1 of 1; it was closed by the client after TIME");
        assertThat(afterwards(c -> {
                    c.send("PING\n").readLine();
                    c.reset();
                }))
                .isEqualTo("connection 0 ran script 1 of 1; it was reset by the client after TIME");
        assertThat(afterwards(c -> c.send("PONG\n").readToEnd()))
                .isEqualTo(
                        "connection 0 ran script 1 of 1; after TIME, the script failed at step 1 of 2: expected PING,"
                                + " received PONG");
        assertThat(afterwards(
                        c -> c.send("PING\n").readLine(), c -> c.send("PONG\n").readToEnd()))
                .isEqualTo(
                        "connection 1 ran script 2 of 2; after TIME, the script failed at step 1 of 2: expected PING,"
                                + " received PONG");
    }

    private interface Talk {
        void run(TestClient client) throws IOException;
    }

    /** What the report of a further connection says of the one before it; each of those has a script. */
    private static String afterwards(Talk... talks) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1s")) {
            for (Talk talk : talks) {
                server.enqueue(expectLine("PING"), sendLine("PONG"));
                try (TestClient client = TestClient.connect(server)) {
                    talk.run(client);
                }
                server.recording()
                        .exchanges()
                        .get(server.recording().exchanges().size() - 1)
                        .awaitEnd();
            }
            try (TestClient last = TestClient.connect(server)) {
                last.send("PING\n").readToEnd();
                Throwable report = Reports.failure(server);
                return Stream.concat(Stream.of(report), Stream.of(report.getSuppressed()))
                        .map(Throwable::getMessage)
                        .filter(message -> message.contains("the client connected again"))
                        .map(message -> message.lines().toList().get(2).strip())
                        .map(line -> line.replaceAll("\\d+\\.\\d ms", "TIME"))
                        .collect(Collectors.joining());
            }
        }
    }

    @Test
    void aConnectionWithoutAScriptHasTheReasonInItsDialogue() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=50ms")) {
            server.enqueue(expectLine("PING"));
            try (TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                one.send("PING\n");
                two.send("PING\n").readToEnd();

                assertThat(Reports.normal(server.recording().awaitExchange(1).toString()))
                        .contains("\n  TIME  the client connected again, but its only script was used; enqueue another"
                                + " script, or should the client reuse its connection?\n");
            }
        }
    }

    @Test
    void aStepThatRunsWhenTheServerIsClosed() throws IOException {
        FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"));
        try (TestClient client = TestClient.connect(server)) {
            client.send("PI");
            server.recording().awaitExchange(0).awaitReceived("PI");
            server.close();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 2 failed

                              the server was closed during this step

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C< PI  TIME
                              TIME  closed by the server
                              not reached
                                C: PING                         <- here
                                S: PONG
                            """);
        }
    }

    @Test
    void userCodeThatPassesOnTheEndBeforeAnOutstandingStep() throws IOException {
        Behaviour toTheEnd = c -> {
            while (true) {
                c.receiveLine();
            }
        };
        try (FakeServer server = FakeServer.start("tcp:", toTheEnd, expectLine("QUIT"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n").halfClose().readToEnd();

            assertThat(Reports.of(server))
                    .contains("connection 0: step 1 of 2 failed\n\n  the client closed the connection during this"
                            + " step\n");
        }
    }

    @Test
    void aDatagramThatDiffers() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectLine("orders:1|c"), sendLine("ok"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("orders:2|c");

            assertThat(Reports.of(server)).isEqualTo("""
                            udp://127.0.0.1:PORT, connection 0: step 1 of 2 failed

                              expected  orders:1|c
                              received  orders:2|c
                                               ^ byte 7

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: orders:2|c  TIME
                              not reached
                                C: orders:1|c                   <- here
                                S: ok
                            """);
        }
    }

    @Test
    void aDatagramThatIsTruncated() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectLine("orders:1|c"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("orders:1");

            assertThat(Reports.of(server)).startsWith("""
                            udp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              expected  orders:1|c
                              received  orders:1
                                                ^ byte 8

                              The end of the message is missing: expected 10 bytes, received 8.

                            """);
        }
    }

    @Test
    void aFrameThatIsTooLong() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("@frame length 1\nC! 01 [2]"));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 4, (byte) 1, (byte) 2, (byte) 3, (byte) 4).readToEnd();

            assertThat(Reports.of(server)).startsWith("""
                            tcp://127.0.0.1:PORT, connection 0: step 2 of 2 failed

                              expected  01 .. ..
                              received  01 02 03 04
                                                 ^ byte 3

                              The message is too long: expected 3 bytes, received 4.

                            """);
        }
    }

    @Test
    void aClientMayLeaveBeforeTheFarewell() throws IOException {
        try (FakeServer server = FakeServer.start(
                "tcp:", expectLine("QUIT"), delay(Duration.ofMillis(20)), send("x".repeat(4_000_000)))) {
            TestClient client = TestClient.connect(server);
            client.send("QUIT\n");
            server.recording().awaitReceived("QUIT");
            client.reset();

            server.verify();
        }
    }

    private static ServerSpec named(String name) {
        return ServerSpec.parse("tcp:").toBuilder().name(name).build();
    }

    private static ServerSpec impatient() {
        return ServerSpec.parse("tcp:").toBuilder()
                .timeout(Duration.ofMillis(100))
                .build();
    }
}

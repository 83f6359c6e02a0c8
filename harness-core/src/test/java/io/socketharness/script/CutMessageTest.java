package io.socketharness.script;

import static io.socketharness.script.Behaviours.expect;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The report about a message without a frame whose end does not arrive. */
class CutMessageTest {

    private static final String WHOLE = "{\"unit\":\"EUR\"}";

    @Test
    void showsTheMissingEndOfAMessageThatIsLate() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", expect(WHOLE));
                TestClient client = TestClient.connect(server)) {
            client.send("{\"unit\":\"EU");
            server.recording().awaitExchange(0).awaitReceived("EU");

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              "{"unit":"EUR"}" did not arrive within 100 ms; 11 of 14 bytes arrived, all as expected; missing: R"}

                              Is the client's message shorter than the script expects?

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C< {"unit":"EU  TIME
                              not reached
                                C< {"unit":"EUR"}               <- here
                            """);
        }
    }

    @Test
    void showsTheMissingEndOfAMessageThatExceedsTheLimitOfAStep() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", within(Duration.ofMillis(300)), expect(WHOLE));
                TestClient client = TestClient.connect(server)) {
            client.send("{\"unit\":\"EU").readToEnd();

            assertThat(Reports.of(server))
                    .contains("within 300 ms, the limit that @within sets; 11 of 14 bytes arrived, all as expected;"
                            + " missing: R\"}\n\n  Is the client's message shorter than the script expects?\n\n");
        }
    }

    @Test
    void showsTheMissingEndOfAMessageWhoseClientCloses() throws IOException {
        assertThat(report(Script.of(expect(WHOLE)), "{\"unit\":\"EU")).startsWith("""
                        tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                          the client closed the connection while the server waited for "{"unit":"EUR"}"; 11 of 14 bytes arrived, all as expected; missing: R"}

                          Is the client's message shorter than the script expects?

                          dialogue""");
    }

    @Test
    void showsUnknownBytesAsDots() throws IOException {
        assertThat(report(Script.parse("C! 01 02 [2] 05"), "\1"))
                .contains("waited for 5 bytes; 1 of 5 bytes arrived, as expected; missing: 02 .. .. 05\n\n  Is the"
                        + " client's message shorter");
    }

    @Test
    void shortensALongEnd() throws IOException {
        assertThat(report(Script.of(expect("ab" + "é".repeat(30))), "a"))
                .contains("; 1 of 62 bytes arrived, as expected; missing: b" + "é".repeat(19) + "…\n");
        assertThat(report(Script.of(expect(new byte[30])), "\0\0"))
                .contains("; 2 of 30 bytes arrived, all as expected; missing: 00" + " 00".repeat(12) + "…\n");
    }

    @Test
    void saysOfALineOrAFrameHowItEnds() throws IOException {
        assertThat(report(Script.of(expectLine("PING")), "PI"))
                .contains("; 2 bytes arrived, without an end of line\n\n  dialogue");
        assertThat(report(Script.parse("@frame length 1\nC< PING"), "\4PI")).contains("; 3 bytes of 5 arrived\n");
    }

    @Test
    void saysOfCodeThatReceivesSeveralPartsOnlyHowMuchArrived() throws IOException {
        Behaviour pair = connection -> connection.receive("a pair", () -> {
            connection.receive(1);
            run(Script.of(expect("PING")), connection);
            return connection.receive(1);
        });

        assertThat(report(Script.of(pair), "aPI")).contains("waited for a pair; 3 bytes arrived\n");
    }

    private static void run(Script script, Connection connection) {
        try {
            script.run(connection);
        } catch (RuntimeException thrown) {
            throw thrown;
        } catch (Exception thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private static String report(Script script, String sent) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", script)) {
            try (TestClient client = TestClient.connect(server)) {
                client.send(sent).halfClose().readToEnd();
            }
            return Reports.of(server);
        }
    }
}

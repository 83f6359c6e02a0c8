package io.socketharness.tape;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A recording as a tape, and its replay. */
class TapeTest {

    private static final String GREETING = """
            # A recording for socket-harness.

            @connection tcp
            @eol crlf exact
            S: 220 hello
            C: EHLO x
            S: 250-mail
            S: 250 STARTTLS
            C: QUIT
            S: 221 bye
            @half-close
            """;

    @Test
    void isAScriptForEachConnection() throws IOException {
        Script real =
                Script.parse("S: 220 hello\nC: EHLO x\nS: 250-mail\nS: 250 STARTTLS\nC: QUIT\nS: 221 bye\n@close");
        Tape tape;
        try (FakeServer behind = FakeServer.start("tcp:", real);
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(behind.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            talk(client);
            server.verify();
            tape = Tape.of(server.recording());
        }
        assertThat(tape.toString().replaceAll("# .* later\n", "")).isEqualTo(GREETING);
        assertThat(Tape.parse(GREETING)).hasToString(GREETING);

        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            talk(client);
            server.verify();
            assertThat(Tape.of(server.recording()).toString().replaceAll("# .* later\n", ""))
                    .isEqualTo(tape.toString());
        }
    }

    private static void talk(TestClient client) throws IOException {
        assertThat(client.readLine()).isEqualTo("220 hello\r\n");
        client.send("EHLO x\r\n");
        assertThat(client.readLine()).isEqualTo("250-mail\r\n");
        assertThat(client.readLine()).isEqualTo("250 STARTTLS\r\n");
        client.send("QUIT\r\n");
        assertThat(client.readToEnd()).isEqualTo("221 bye\r\n");
    }

    @Test
    void connectionsAreChosenByTheirFirstMessage() throws IOException {
        Tape tape = Tape.parse("""
                @connection tcp
                C: GET /a
                S: a

                @connection tcp
                C: GET /b
                S: b1

                @connection tcp
                C: GET /b
                S: b2

                @connection tcp
                C~ GET /(?<name>\\w+) now
                S: ${name}
                """);
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server);
                TestClient three = TestClient.connect(server);
                TestClient four = TestClient.connect(server)) {
            assertThat(one.send("GET /b\r\n").readLine()).isEqualTo("b1\r\n");
            assertThat(two.send("GET /x now\r\n").readLine()).isEqualTo("x\r\n");
            assertThat(three.send("GET /b\r\n").readLine()).isEqualTo("b2\r\n");
            assertThat(four.send("GET /").send("a\n").readLine()).isEqualTo("a\r\n");
            server.verify();
        }
    }
}

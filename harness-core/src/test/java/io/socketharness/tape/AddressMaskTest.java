package io.socketharness.tape;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Masks of text that contains the address of the server, for clients that use another name for it. */
class AddressMaskTest {

    private static Tape recorded() throws IOException {
        Script real = Script.parse("C~ Host: (?<host>.*)\nS: Location: http://${host}/home");
        try (FakeServer behind = FakeServer.start("tcp:", real);
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(behind.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            String address = server.host() + ":" + server.port();
            client.send("Host: " + address + "\r\n");
            assertThat(client.readLine()).isEqualTo("Location: http://" + address + "/home\r\n");
            return Tape.of(server.recording());
        }
    }

    @Test
    void coversTheAddress() throws IOException {
        String masked = "@eol crlf exact\nC~ ^Host: .*$\nS: Location: http://${address}/home\n";

        assertThat(recorded().mask("^Host: .*$").connection(0)).isEqualTo(masked);
        assertThat(Tape.parse(recorded().toString()).mask("^Host: .*$").connection(0))
                .isEqualTo(masked);
    }

    @Test
    void withAGroupTheServerSendsTheNameThatTheClientUses() throws IOException {
        Tape tape = recorded().mask("^Host: (?<name>.*)$");

        assertThat(tape.connection(0))
                .isEqualTo("@eol crlf exact\nC~ ^Host: (?<name>.*)$\nS: Location: http://${name}/home\n");
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            client.send("Host: gateway.test:80\r\n");
            assertThat(client.readLine()).isEqualTo("Location: http://gateway.test:80/home\r\n");
            server.verify();
        }
    }

    @Test
    void thatDoesNotMatchKeepsTheAddressOfATapeThatWasRead() {
        String text = "@connection tcp\n@eol crlf exact\nC: Host: ${address} x\nS: at ${address}\n";

        assertThat(Tape.parse(text).mask("unused").redact("unused")).hasToString(text);
        assertThat(Tape.parse(text).mask("x$").connection(0))
                .isEqualTo("@eol crlf exact\nC~ Host: ${address} x$\nS: at ${address}\n");
    }
}

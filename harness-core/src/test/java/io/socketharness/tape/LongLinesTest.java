package io.socketharness.tape;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.testing.CpuTime;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tapes with very long lines. */
class LongLinesTest {

    /** A server receives no longer line, unless it has a higher messageLimit. A server that forwards has no limit. */
    @Test
    void aLineThatIsLongerThanAMessageIsReplayed() throws IOException {
        String line = "x".repeat(1 << 20) + "\r\n";
        Tape tape;
        try (FakeServer real = FakeServer.start("tcp:?messageLimit=2097152", Script.parse("C~ x*\nS: ok"));
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(real.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send(line).readLine()).isEqualTo("ok\r\n");
            server.verify();
            tape = Tape.of(server.recording());
        }
        try (FakeServer server = FakeServer.start("tcp:", Tape.parse(tape.toString()));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send(line).readLine()).isEqualTo("ok\r\n");
            server.verify();
        }
    }

    /** As in a program that the server sends. Takes minutes if each sign copies the text before it. */
    @Test
    void aLineMayHaveManySignsOfVariables() throws Exception {
        String line = "S: " + "$${x}$".repeat(200_000) + "\n";

        assertThat(CpuTime.of(
                        () -> assertThat(Tape.parse("@connection\n" + line).connection(0))
                                .isEqualTo(line)))
                .isLessThan(Duration.ofSeconds(10));
    }
}

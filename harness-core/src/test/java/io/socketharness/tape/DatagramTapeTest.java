package io.socketharness.tape;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.testing.DtlsClient;
import org.junit.jupiter.api.Test;

/** Tapes of datagrams. */
class DatagramTapeTest {

    /** It would make the order of connections count, and the replay would need it. */
    @Test
    void aSessionOfDtlsWithoutDataIsNotOnTheTape() throws Exception {
        Tape tape;
        try (FakeServer real = FakeServer.start("udp:", Script.parse("C: a\nS: b"));
                FakeServer server =
                        FakeServer.start("dtls:", forwardTo(real.uri().toString()))) {
            DtlsClient.connect(server).close();
            server.recording().awaitExchange(0).awaitEnd();
            try (DtlsClient client = DtlsClient.connect(server)) {
                assertThat(client.send("a").receive()).isEqualTo("b");
            }
            server.verify();
            tape = Tape.of(server.recording());
        }

        assertThat(tape).hasToString("# A recording for socket-harness.\n\n@connection dtls\nC: a\nS: b\n");
        try (FakeServer server = FakeServer.start("dtls:", tape);
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.send("a").receive()).isEqualTo("b");
            server.verify();
        }
    }
}

package io.socketharness.examples.network;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Script;
import io.socketharness.testing.DtlsClient;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A DTLS client of which a flight of the handshake is lost, late or repeated: it sends again after 500 ms. */
@Timeout(120)
class DtlsFlightsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop 1 to server", // the ClientHello
                "drop 1 to client", // the HelloVerifyRequest
                "drop 2 to server", // the ClientHello with the cookie
                "drop 2 3 4 5 to client", // the flight from ServerHello to ServerHelloDone
                "drop 3 4 5 to server", // the flight from ClientKeyExchange to Finished
                "duplicate 1 2 3 4 5 to server",
                "duplicate 1 2 3 4 5 6 to client",
                "swap 2 3 to client",
                "swap 3 4 to server",
                "latency 700ms to client", // each flight comes when the client has sent its own again
                "latency 700ms to server",
                "loss 30% burst 1 to server",
                "duplication 50%",
                "reordering 50%",
            })
    void connects(NetworkCondition condition) throws Exception {
        ServerSpec spec = ServerSpec.builder("dtls").network(condition).seed(1).build();
        try (FakeServer server = FakeServer.start(spec, Script.parse("C: PING\nS: PONG\nC: BYE"))) {
            try (DtlsClient client = DtlsClient.connect(server)) {
                server.network(); // after the handshake, the network is perfect
                assertThat(client.send("PING").receive()).isEqualTo("PONG");
                client.send("BYE");
                assertThat(server).connection(0).received("PINGBYE");
            }
            server.verify();
        }
    }
}

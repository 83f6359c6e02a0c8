package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.socketharness.FakeServer;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The classic services, over TCP and UDP. */
class ServicesTest {

    private static final String DAYTIME = "[A-Z][a-z]+day, [A-Z][a-z]+ \\d{1,2}, \\d{4} \\d\\d:\\d\\d:\\d\\d-UTC\r\n";
    private static final String FIRST =
            "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh\r\n";
    private static final String SECOND = FIRST.substring(1, 72) + "i\r\n";

    @Test
    void echoSendsBackItsInput() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", echo());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a").read(1)).isEqualTo("a");
            assertThat(client.send("bc\n").halfClose().readToEnd()).isEqualTo("bc\n");
            server.verify();
        }
        try (FakeServer server = FakeServer.start("udp:", echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertThat(client.send("a").receive()).isEqualTo("a");
            assertThat(client.send("").receive()).isEmpty();
            server.verify();
        }
    }

    @Test
    void discardAnswersNothing() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", discard());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("abc").halfClose().readToEnd()).isEmpty();
            server.verify();
        }
        try (FakeServer server = FakeServer.start("udp:", discard());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a").send("b");

            assertThat(server.recording().awaitReceived("b").sentDatagrams()).isEmpty();
            server.verify();
        }
    }

    @Test
    void daytimeSendsTheDateAndTime() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", daytime());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).matches(DAYTIME);
            server.verify();
        }
        try (FakeServer server = FakeServer.start("udp:", daytime());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertThat(client.send("").receive()).matches(DAYTIME);
            assertThat(client.send("again").receive()).matches(DAYTIME);
            server.verify();
        }
    }

    @Test
    void timeSendsTheSecondsSince1900() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", time());
                TestClient client = TestClient.connect(server)) {
            assertIsNow(client.readBytesToEnd());
            server.verify();
        }
        try (FakeServer server = FakeServer.start("udp:", time());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertIsNow(client.send("").receiveBytes());
            assertIsNow(client.send("").receiveBytes());
            server.verify();
        }
    }

    private static void assertIsNow(byte[] time) {
        assertThat(time).hasSize(4);
        long since1900 = Integer.toUnsignedLong(ByteBuffer.wrap(time).getInt());
        assertThat(since1900 - 2_208_988_800L).isCloseTo(Instant.now().getEpochSecond(), within(10L));
    }

    @Test
    void chargenSendsLinesThatTurn() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", chargen())) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("whatever");
                assertThat(client.read(148)).isEqualTo(FIRST + SECOND);
            }
            server.verify();
        }
        try (FakeServer server = FakeServer.start("udp:", chargen());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertThat(client.send("").receive()).isEqualTo(FIRST);
            assertThat(client.send("").receive()).isEqualTo(SECOND);
            server.verify();
        }
    }
}

package io.socketharness.internal.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordedExchangeTest {

    private final Recorder recorder = new Recorder("tcp://test", 1000, Duration.ofMinutes(1));

    @Test
    void aStreamThatTheServerClosesHasNotEndedWhileItDrains() {
        ExchangeRecorder stream = recorder.open(null, "a client", false);
        stream.event(Event.Kind.CLOSED, "");
        assertThat(stream.exchange().isEnded()).isFalse();

        stream.received(ByteBuffer.wrap("late".getBytes(UTF_8)));
        stream.released();

        assertThat(stream.exchange().isEnded()).isTrue();
        assertThat(stream.exchange().receivedText()).isEqualTo("late");
    }

    @Test
    @Timeout(30)
    void nobodyWaitsForADatagramWhenTheServerIsClosed() throws Exception {
        try (FakeServer server = FakeServer.start("udp:?timeout=60s");
                DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[] {'a'}, 1, server.address()));
            Exchange exchange = server.recording().awaitExchange(0).awaitReceived("a");
            assertThat(exchange.isEnded()).isFalse();

            server.close();

            assertThat(exchange.isEnded()).isTrue();
            assertThatThrownBy(() -> exchange.awaitReceived("b"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("waited for it to receive \"b\", but it has ended");
        }
    }

    @Test
    @Timeout(30)
    void waitsForBytes() throws Exception {
        try (FakeServer server = FakeServer.start("udp:?timeout=60s");
                DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[] {1, -1, 0}, 3, server.address()));
            Exchange exchange = server.recording().awaitReceived(Bytes.parseHex("ff 00"));
            assertThat(exchange.awaitReceived(Bytes.parseHex("01 ff"))).isSameAs(exchange);

            server.close();

            assertThatThrownBy(() -> exchange.awaitReceived(Bytes.parseHex("00 01")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("waited for it to receive 00 01, but it has ended");
            assertThatThrownBy(() -> server.recording().awaitReceived(Bytes.parseHex("00 01")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("waited for a client to send 00 01, but the server was closed");
        }
    }

    @Test
    void knowsItsRecording() {
        assertThat(recorder.open(null, "a client", false).exchange().recording())
                .isSameAs(recorder.recording());
    }
}

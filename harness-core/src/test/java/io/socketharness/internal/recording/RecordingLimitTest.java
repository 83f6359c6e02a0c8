package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.assertj.SocketAssertions;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.testing.Reports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingLimitTest {

    /** What fits into the smallest room for events. */
    private static final int EVENTS = 1024;

    private static final String REACHED_BY_EVENTS = "recording limit of 65536 bytes for events, 64 each, reached: ";

    @Test
    void namesTheFirstReceivedByteThatIsNotKept() {
        ExchangeRecorder stream = recorder(1000).open(null, "a client", false);
        stream.hold();
        for (int i = 1; i <= 5; i++) {
            stream.received(bytes(300));
            stream.consume(300L * i);
        }

        assertThat(stream.detail(Event.Kind.LIMIT_REACHED))
                .contains("recording limit of 1000 bytes reached: received bytes from 900 on and sent bytes from 0 on"
                        + " are not kept");
        assertThat(stream.exchange().received().size()).isEqualTo(900);
    }

    @Test
    void namesTheFirstReceivedByteThatIsNotKeptThoughEarlierOnesAreUnread() {
        ExchangeRecorder stream = recorder(1000).open(null, "a client", false);
        stream.hold();
        for (int i = 1; i <= 5; i++) {
            stream.received(bytes(300));
        }

        assertThat(stream.detail(Event.Kind.LIMIT_REACHED).orElseThrow()).contains("received bytes from 900 on");
        assertThat(stream.received(0, 1500)).map(all -> all.length).contains(1500);
        stream.consume(1500);
        assertThat(stream.exchange().received().size()).isEqualTo(900);
    }

    @Test
    void namesTheFirstSentByteThatIsNotKept() throws IOException {
        ExchangeRecorder stream = recorder(1000).open(null, "a client", false);
        for (int i = 0; i < 5; i++) {
            send(stream, 300);
        }

        assertThat(stream.detail(Event.Kind.LIMIT_REACHED).orElseThrow())
                .contains("received bytes from 0 on and sent bytes from 900 on are not kept");
        assertThat(stream.exchange().sent().size()).isEqualTo(900);
    }

    @Test
    void namesTheFirstByteOfBothDirections() throws IOException {
        ExchangeRecorder stream = recorder(1000).open(null, "a client", false);
        stream.hold();
        for (int i = 1; i <= 4; i++) {
            stream.received(bytes(200));
            stream.consume(200L * i);
            send(stream, 100);
        }

        assertThat(stream.detail(Event.Kind.LIMIT_REACHED).orElseThrow())
                .contains("received bytes from 600 on and sent bytes from 300 on are not kept");
        assertThat(stream.exchange().received().size()).isEqualTo(600);
        assertThat(stream.exchange().sent().size()).isEqualTo(300);
    }

    @Test
    void keepsNoMoreEventsOfDatagramsThanItHasRoomFor() {
        ExchangeRecorder datagrams = recorder(0).open(null, "a client", true);
        for (int i = 0; i < EVENTS; i++) {
            datagrams.received(bytes(0));
        }
        assertThat(datagrams.exchange().isComplete()).isTrue();
        assertThat(datagrams.exchange().events()).hasSize(1 + EVENTS);
        datagrams.received(bytes(0));
        assertThat(datagrams.exchange().isComplete()).isFalse();
        int size = datagrams.exchange().events().size();

        for (int i = 0; i < 1000; i++) {
            datagrams.received(bytes(0));
        }

        List<Event> events = datagrams.exchange().events();
        assertThat(events).hasSize(size);
        assertThat(events.get(size - 2).detail())
                .isEqualTo(REACHED_BY_EVENTS + "received bytes from 0 on and sent bytes from 0 on are not kept");
        assertThat(events.get(size - 1).detail()).isEqualTo("1001 datagrams, 0 bytes in total, not kept");
        assertThat(datagrams.exchange().receivedDatagrams()).hasSize(EVENTS);
        assertThat(datagrams.exchange().toString()).contains("  1001 datagrams, 0 bytes in total, not kept");
    }

    @Test
    void keepsNoMoreEventsOfAStreamThanItHasRoomFor() throws IOException {
        ExchangeRecorder stream = recorder(1 << 20).open(null, "a client", false);
        stream.hold();
        roundTrips(stream, 0, 20_000);

        assertThat(stream.detail(Event.Kind.LIMIT_REACHED))
                .contains("recording limit of 1048576 bytes for events, 64 each, reached: received bytes from 8192 on"
                        + " and sent bytes from 8192 on are not kept");
        assertThat(stream.exchange().isComplete()).isFalse();
        assertThat(stream.exchange().received().size()).isEqualTo(8192);
        List<Event> events = stream.exchange().events();
        assertThat(events).hasSize(1 + 16_384 + 1 + 2);
        assertThat(events.get(16_386).detail()).isEqualTo("11808 bytes, not kept");
        assertThat(events.get(16_387).detail()).isEqualTo("11808 bytes, not kept");
    }

    @Test
    void keepsEventsThatCarryMeaning() throws IOException {
        ExchangeRecorder stream = recorder(0).open(null, "a client", false);
        stream.hold();
        roundTrips(stream, 0, 2000);
        stream.event(Event.Kind.TLS_FAULT, "a fault");
        roundTrips(stream, 2000, 3);
        stream.event(Event.Kind.HALF_CLOSED_BY_CLIENT, "");
        stream.event(Event.Kind.FAILED, "step 1 of 1 failed");

        assertThat(Reports.normal(stream.exchange().toString())).isEqualTo("""
                        connection 0  TIME  opened by a client
                          TIME  recording limit of 0 bytes reached: received bytes from 0 on and sent bytes from 0 on are not kept
                          C  TIME  2000 bytes, not kept
                          S  TIME  2000 bytes, not kept
                          TIME  a fault
                          C  TIME  3 bytes, not kept
                          S  TIME  3 bytes, not kept
                          TIME  closed by the client
                          TIME  step 1 of 1 failed""");
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_SENT", "DISCARDED"})
    void boundsEventsThatMayComeAgainAndAgain(Event.Kind kind) {
        ExchangeRecorder datagrams = recorder(0).open(null, "a client", true);
        for (int i = 0; i < 5000; i++) {
            datagrams.event(kind, "the same again");
        }

        assertThat(datagrams.exchange().events()).hasSizeLessThan(EVENTS);
        assertThat(datagrams.exchange().isComplete()).isFalse();
        assertThat(datagrams.detail(Event.Kind.LIMIT_REACHED).orElseThrow()).startsWith(REACHED_BY_EVENTS);
    }

    @Test
    void aReceiveBeyondTheLimitGetsEveryDatagram() {
        ExchangeRecorder datagrams = recorder(0).open(null, "a client", true);
        datagrams.hold();
        for (int i = 0; i < 3 * EVENTS; i++) {
            datagrams.received(bytes(i % 5));
            datagrams.received(bytes(i % 3));
            assertThat(datagrams.datagram(2L * i)).map(one -> one.length).contains(i % 5);
            assertThat(datagrams.datagram(2L * i + 1)).map(one -> one.length).contains(i % 3);
            datagrams.consume(2L * i + 2);
        }
        assertThat(datagrams.exchange().isComplete()).isFalse();
    }

    @Test
    void aReceiveSaysThatDatagramsAreNotKeptWhichCameWhileNobodyReceived() {
        ExchangeRecorder datagrams = recorder(10).open(null, "a client", true);
        datagrams.received(bytes(4));
        datagrams.received(bytes(6));
        datagrams.received(bytes(0));
        datagrams.received(bytes(1));
        datagrams.received(bytes(0));
        datagrams.hold();
        datagrams.received(bytes(3));

        assertThat(datagrams.arrived()).isEqualTo(6);
        assertThat(lengths(datagrams)).containsExactly(4, 6, 0, -1, -1, 3);
        datagrams.consume(6);
        datagrams.received(bytes(2));
        assertThat(datagrams.datagram(6)).map(one -> one.length).contains(2);
    }

    private static List<Integer> lengths(ExchangeRecorder datagrams) {
        return LongStream.range(0, datagrams.arrived())
                .mapToObj(datagrams::datagram)
                .map(one -> one.map(bytes -> bytes.length).orElse(-1))
                .toList();
    }

    @Test
    void awaitsAndAssertionsFailOnceEventsAreNotKept() {
        Recorder recorder = recorder(0);
        ExchangeRecorder datagrams = recorder.open(null, "a client", true);
        datagrams.publish();
        for (int i = 0; i <= EVENTS; i++) {
            datagrams.received(bytes(0));
        }

        assertThatThrownBy(() -> datagrams.exchange().awaitReceived("x"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but the recording's limit was reached");
        assertThatThrownBy(
                        () -> SocketAssertions.assertThat(datagrams.exchange()).receivedContaining("x"))
                .hasMessageContaining("but not all bytes are kept, " + REACHED_BY_EVENTS);
        assertThatThrownBy(
                        () -> SocketAssertions.assertThat(recorder.recording()).receivedContaining("x"))
                .hasMessageContaining("but not all bytes are kept, " + REACHED_BY_EVENTS);
        assertThatThrownBy(() -> datagrams.exchange().toScript()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesBackTheBeginningOfAHandshakeBeyondTheLimit() {
        ExchangeRecorder stream = recorder(4).open(null, "a client", false);
        stream.hold();
        stream.received(bytes(4));
        stream.received(bytes(3));
        stream.consume(5);

        assertThat(stream.takeBack(5)).hasSize(2);
        assertThat(stream.arrived()).isEqualTo(5);
        stream.received(bytes(7));
        assertThat(stream.received(5, 12)).map(all -> all.length).contains(7);
        assertThat(stream.exchange().received().size()).isEqualTo(4);
    }

    @Test
    void aSnapshotDoesNotChangeAfterwards() {
        ExchangeRecorder stream = recorder(1000).open(null, "a client", false);
        stream.received(ByteBuffer.wrap("PING".getBytes(StandardCharsets.UTF_8)));
        List<Event> events = stream.exchange().events();
        Bytes received = stream.exchange().received();
        String before = events.toString();

        assertThat(stream.takeBack(2)).hasSize(2);
        stream.received(bytes(500));
        stream.received(bytes(500));

        assertThat(events.toString()).isEqualTo(before);
        assertThat(received).isEqualTo(Bytes.ofText("PING"));
        assertThat(stream.exchange().received().slice(0, 3)).isEqualTo(Bytes.ofText("PI\0"));
    }

    @Test
    void knowsWhoSentADatagramUntilTheNextIsReceived() {
        ExchangeRecorder datagrams = recorder(0).open(null, "a client", true);
        datagrams.hold();
        for (int i = 0; i < 3 * EVENTS; i++) {
            datagrams.received(bytes(0), "", new InetSocketAddress("127.0.0.1", 1 + i));
            datagrams.consume(i + 1);
            assertThat(datagrams.source(i)).isEqualTo(Optional.of(new InetSocketAddress("127.0.0.1", 1 + i)));
        }
    }

    private static Recorder recorder(long limit) {
        return new Recorder("tcp://test", limit, Duration.ofMinutes(1));
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    private static void roundTrips(ExchangeRecorder stream, long from, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            stream.received(bytes(1));
            stream.consume(from + i);
            send(stream, 1);
        }
    }

    private static void send(ExchangeRecorder stream, int count) throws IOException {
        stream.send(bytes(count), data -> data.position(data.limit()));
    }
}

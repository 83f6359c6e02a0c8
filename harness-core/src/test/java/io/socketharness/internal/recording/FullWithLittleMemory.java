package io.socketharness.internal.recording;

import io.socketharness.assertj.SocketAssertions;
import io.socketharness.recording.Exchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fills recordings, and looks at a full one; {@link LittleMemoryTest} starts it with less memory than copies would need. */
final class FullWithLittleMemory {

    private static final int MANY = 1_000_000;

    private FullWithLittleMemory() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "round trips" -> roundTrips();
            case "datagrams" -> datagrams(true);
            case "datagrams of nobody" -> datagrams(false);
            default -> look();
        }
        System.out.println("done");
    }

    private static void roundTrips() throws IOException {
        ExchangeRecorder stream = recorder(1 << 20).open(null, "a client", false);
        stream.hold();
        for (int i = 1; i <= MANY; i++) {
            stream.received(ByteBuffer.allocate(1));
            stream.consume(i);
            stream.send(ByteBuffer.allocate(1), data -> data.position(data.limit()));
        }
    }

    private static void datagrams(boolean held) {
        ExchangeRecorder datagrams = recorder(1 << 20).open(null, "a client", true);
        if (held) {
            datagrams.hold();
        }
        for (int i = 1; i <= MANY; i++) {
            datagrams.received(ByteBuffer.allocate(0), "", new InetSocketAddress(i & 0xffff));
            if (held) {
                datagrams.consume(i);
            }
        }
    }

    /** Looks in every way at 16 MiB, and keeps what it sees. */
    private static void look() {
        Recorder recorder = recorder(16 << 20);
        ExchangeRecorder stream = recorder.open(null, "a client", false);
        stream.publish();
        byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 16 << 10; i++) {
            stream.received(ByteBuffer.wrap(line));
        }
        Exchange exchange = stream.exchange();
        List<Object> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seen.add(exchange.received());
            seen.addAll(exchange.events());
            seen.addAll(exchange.receivedDatagrams());
            seen.add(exchange.toString());
            seen.add(exchange.dialogueToFailure("dialogue"));
            seen.add(recorder.recording().toString());
            seen.add(failureOf(() -> SocketAssertions.assertThat(exchange)
                    .within(Duration.ofMillis(10))
                    .receivedContaining("y")));
            seen.add(failureOf(() -> SocketAssertions.assertThat(recorder.recording())
                    .within(Duration.ofMillis(10))
                    .receivedContaining("y")));
            seen.add(failureOf(() -> SocketAssertions.assertThat(exchange)
                    .within(Duration.ofMillis(10))
                    .receivedInOrder("x", "y")));
        }
        if (!exchange.isComplete() || seen.size() < 16 << 10) {
            throw new IllegalStateException("it did not see all");
        }
    }

    private static String failureOf(Runnable assertion) {
        try {
            assertion.run();
        } catch (AssertionError failed) {
            return String.valueOf(failed.getMessage());
        }
        throw new IllegalStateException("it did not fail");
    }

    private static Recorder recorder(long limit) {
        return new Recorder("tcp://test", limit, Duration.ofMinutes(1));
    }
}

package io.socketharness.internal.sweep;

import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.duplicateDatagrams;
import static io.socketharness.network.NetworkConditions.swapDatagrams;
import static io.socketharness.network.NetworkConditions.truncateDatagram;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Bytes;
import io.socketharness.sweep.Effect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sends and traces the messages of the server on a connection, and injects the fault in one of them. */
final class ServerMessages {

    private static final Duration BETWEEN_PIECES = Duration.ofMillis(20);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(1);
    private static final int BYTE_BY_BYTE = 64;

    private final FaultInjection run;
    private final ConnectionFault connection;
    private final TransportChannel transport;
    private final boolean datagrams;
    private final MessageDelay delay;
    /** A message that waits for the next one. */
    private byte @Nullable [] held;

    ServerMessages(
            FaultInjection run, ConnectionFault connection, TransportChannel transport, ExchangeRecorder recorder) {
        this.run = run;
        this.connection = connection;
        this.transport = transport;
        this.datagrams = recorder.exchange().isDatagrams();
        this.delay = new MessageDelay(run, transport, recorder);
    }

    void send(byte[] bytes, long deadline) {
        delay.sendLate();
        Message message = new Message(bytes, deadline);
        byte[] before = held;
        if (before != null) {
            held = null;
            message.sendAfter(before);
            return;
        }
        PlannedFault fault = connection.due(message.traced(true));
        if (fault == null) {
            message.sendWhole();
        } else {
            message.send(fault);
        }
    }

    /** Sends a message that waits for another one, which does not follow at once. */
    void flush(long deadline) {
        byte[] alone = held;
        if (alone != null) {
            held = null;
            run.cannot("the server waits between the two messages");
            transport.send(ByteBuffer.wrap(alone), deadline);
        }
    }

    private final class Message {

        private final byte[] bytes;
        private final long deadline;

        Message(byte[] bytes, long deadline) {
            this.bytes = bytes;
            this.deadline = deadline;
        }

        TracedMessage traced(boolean whole) {
            return new TracedMessage(true, Bytes.of(bytes), whole);
        }

        private void trace(boolean whole) {
            connection.trace().add(traced(whole));
        }

        private void sendTraced(Runnable send) {
            int index = connection.trace().add(traced(!connection.hasEnded()));
            try {
                send.run();
            } catch (RuntimeException notSent) {
                connection.trace().cut(index);
                throw notSent;
            }
        }

        void sendWhole() {
            sendTraced(this::passWhole);
        }

        /** Sends it in one write with the message before it. */
        void sendAfter(byte[] before) {
            byte[] both = Arrays.copyOf(before, before.length + bytes.length);
            System.arraycopy(bytes, 0, both, before.length, bytes.length);
            sendTraced(() -> transport.send(ByteBuffer.wrap(both), deadline));
        }

        void send(PlannedFault fault) {
            // before the client can end the run
            connection.begin();
            int offset = Math.min(fault.place().offset(), bytes.length);
            switch (fault.effect()) {
                case SPLIT -> sendTraced(this::passInPieces);
                case COALESCE -> {
                    trace(true);
                    held = bytes;
                }
                case DELAY -> sendLate(offset);
                case DROP -> sendDatagram(false, dropDatagrams(1).toClient());
                case DUPLICATE -> sendDatagram(true, duplicateDatagrams(1).toClient());
                case SWAP -> sendDatagram(true, swapDatagrams(1, 2).toClient());
                case TRUNCATE ->
                    sendDatagram(false, truncateDatagram(1, bytes.length / 2).toClient());
                default -> sendUntil(offset, fault.effect());
            }
        }

        private void sendUntil(int offset, Effect effect) {
            trace(offset == bytes.length);
            pass(0, offset);
            connection.end(effect, 0);
            pass(offset, bytes.length);
        }

        private void sendDatagram(boolean arrives, NetworkCondition condition) {
            trace(arrives);
            connection.fire(condition);
            passWhole();
        }

        private void sendLate(int offset) {
            if (datagrams) {
                trace(true);
                delay.sendInBackground(this::passWhole);
            } else {
                sendTraced(() -> {
                    pass(0, offset);
                    delay.awaitClient();
                    pass(offset, bytes.length);
                });
            }
        }

        private void passInPieces() {
            int size = bytes.length;
            int[] ends = size <= BYTE_BY_BYTE
                    ? IntStream.rangeClosed(1, size).toArray()
                    : new int[] {1, size / 2, size - 1, size};
            Duration pause = size <= BYTE_BY_BYTE ? BETWEEN_BYTES : BETWEEN_PIECES;
            int from = 0;
            for (int end : ends) {
                if (from > 0) {
                    transport.pause(System.nanoTime() + pause.toNanos());
                }
                pass(from, end);
                from = end;
            }
        }

        private void passWhole() {
            transport.send(ByteBuffer.wrap(bytes), deadline);
        }

        /** Sends a part, which may be empty. */
        private void pass(int from, int to) {
            if (from < to) {
                transport.send(ByteBuffer.wrap(bytes, from, to - from), deadline);
            }
        }
    }
}

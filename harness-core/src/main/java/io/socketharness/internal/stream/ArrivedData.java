package io.socketharness.internal.stream;

import io.socketharness.internal.network.End;
import io.socketharness.internal.network.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The data of a client that has left the simulated network, until the server reads it. Any thread may use it. */
final class ArrivedData {

    private final Deque<ByteBuffer> data = new ArrayDeque<>();
    private @Nullable End end;

    /** Adds data, or the end of the input. An end that a condition makes is not seen as one of the client. */
    synchronized void add(Packet packet) {
        End added = packet.end();
        if (added == null) {
            data.add(ByteBuffer.wrap(packet.data()));
        } else if (!added.isMade() || added == End.HALF_CLOSE) {
            end = added;
        }
    }

    /** Whether a read returns something. */
    synchronized boolean isReady() {
        return !data.isEmpty() || end != null;
    }

    /** Reads as a non-blocking channel does. */
    synchronized int read(ByteBuffer into) throws IOException {
        int count = 0;
        for (ByteBuffer next = data.peek(); next != null && into.hasRemaining(); next = data.peek()) {
            int length = Math.min(next.remaining(), into.remaining());
            into.put(next.slice(next.position(), length));
            next.position(next.position() + length);
            count += length;
            if (!next.hasRemaining()) {
                data.remove();
            }
        }
        if (count == 0 && end == End.RST) {
            throw new IOException("Connection reset");
        }
        return count == 0 && end != null && into.hasRemaining() ? -1 : count;
    }
}

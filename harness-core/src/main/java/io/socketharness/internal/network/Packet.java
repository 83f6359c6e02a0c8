package io.socketharness.internal.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Data on its way: a part of a stream, or a datagram.
 *
 * @param number of the datagram in its direction, from 1; 0 on streams
 * @param offset of its first byte in its direction, from 0
 * @param data the bytes; not changed
 * @param end of the stream, in place of data; or null
 * @param cause of an end that a condition makes
 * @param address the other address of a datagram; null on streams
 */
public record Packet(
        long number,
        long offset,
        byte[] data,
        @Nullable End end,
        @Nullable Condition cause,
        @Nullable Object address) {

    private static final byte[] NOTHING = {};

    static Packet data(long number, long offset, byte[] data, @Nullable Object address) {
        return new Packet(number, offset, data, null, null, address);
    }

    static Packet end(long offset, End end, @Nullable Condition cause) {
        return new Packet(0, offset, NOTHING, end, cause, null);
    }

    public int size() {
        return data.length;
    }

    /** A part of it. */
    Packet part(int from, int to) {
        return new Packet(number, offset + from, Arrays.copyOfRange(data, from, to), end, cause, address);
    }

    /** The same packet with other bytes. */
    Packet with(byte[] other) {
        return new Packet(number, offset, other, end, cause, address);
    }
}

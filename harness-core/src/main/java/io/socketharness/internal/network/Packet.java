package io.socketharness.internal.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Data on its way: a part of a stream, the end of a stream, or a datagram. */
public final class Packet {

    private static final byte[] NOTHING = {};

    private final long number;
    private final long offset;
    private final byte[] data;
    private final @Nullable End end;
    private final @Nullable Condition cause;
    private final @Nullable Object context;

    private Packet(
            long number,
            long offset,
            byte[] data,
            @Nullable End end,
            @Nullable Condition cause,
            @Nullable Object context) {
        this.number = number;
        this.offset = offset;
        this.data = data;
        this.end = end;
        this.cause = cause;
        this.context = context;
    }

    static Packet data(long number, long offset, byte[] data, @Nullable Object context) {
        return new Packet(number, offset, data, null, null, context);
    }

    static Packet end(long offset, End end, @Nullable Condition cause) {
        return new Packet(0, offset, NOTHING, end, cause, null);
    }

    /** The number of a datagram in its direction, from 1; 0 on streams. */
    public long number() {
        return number;
    }

    /** The offset of its first byte in its direction, from 0. */
    public long offset() {
        return offset;
    }

    /** The bytes, which nobody changes. */
    public byte[] data() {
        return data;
    }

    /** The end of the stream, in place of data. */
    public @Nullable End end() {
        return end;
    }

    /** The condition that makes the end. */
    public @Nullable Condition cause() {
        return cause;
    }

    /** What its outlet knows about it. */
    public @Nullable Object context() {
        return context;
    }

    public int size() {
        return data.length;
    }

    /** A part of it. */
    Packet part(int from, int to) {
        return new Packet(number, offset + from, Arrays.copyOfRange(data, from, to), end, cause, context);
    }

    /** The same packet with other bytes. */
    Packet with(byte[] other) {
        return new Packet(number, offset, other, end, cause, context);
    }
}

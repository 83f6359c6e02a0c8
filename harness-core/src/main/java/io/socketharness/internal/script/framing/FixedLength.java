package io.socketharness.internal.script.framing;

import io.socketharness.script.Connection;
import java.nio.ByteOrder;

/** A length with a fixed number of bytes. */
public record FixedLength(int bytes, ByteOrder order) implements LengthCode {

    public FixedLength {
        if (bytes < 1 || bytes > 4) {
            throw new IllegalArgumentException("a length prefix of " + bytes + " bytes; 1, 2, 3 or 4 are allowed");
        }
    }

    @Override
    public long receive(Connection connection) {
        long length = 0;
        byte[] prefix = connection.receive(bytes);
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | prefix[place(i)] & 0xff;
        }
        return length;
    }

    @Override
    public byte[] write(long length) {
        if (length >= 1L << 8 * bytes) {
            throw new IllegalArgumentException(
                    length + " does not fit a length of " + bytes + (bytes == 1 ? " byte" : " bytes"));
        }
        byte[] prefix = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            prefix[place(i)] = (byte) (length >>> 8 * (bytes - 1 - i));
        }
        return prefix;
    }

    /** The index of the i-th byte in network order. */
    private int place(int i) {
        return order == ByteOrder.BIG_ENDIAN ? i : bytes - 1 - i;
    }

    @Override
    public String toString() {
        return bytes + (order == ByteOrder.LITTLE_ENDIAN ? " little" : "");
    }
}

package io.socketharness.internal.script.framing;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A length of variable size. */
public enum VariableLength implements LengthCode {
    /**
     * Seven bits per byte, the lowest first, the highest bit set in all but the last; at most four bytes, as in MQTT.
     */
    VARINT {
        @Override
        public long receive(Connection connection) {
            long length = 0;
            for (int i = 0; i < MOST; i++) {
                int next = connection.receive(1)[0];
                length |= (long) (next & 0x7f) << 7 * i;
                if ((next & 0x80) == 0) {
                    return length;
                }
            }
            throw new ExpectationFailed("the client sent a length of more than 4 bytes, where a varint has up to 4");
        }

        @Override
        public byte[] write(long length) {
            if (length >= 1L << 7 * MOST) {
                throw new IllegalArgumentException(length + " does not fit a length of 4 bytes with 7 bits each");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (long left = length; ; left >>>= 7) {
                if (left < 0x80) {
                    out.write((int) left);
                    return out.toByteArray();
                }
                out.write((int) (left & 0x7f | 0x80));
            }
        }
    },
    /** One byte below 128; otherwise a byte with the number of following bytes, and those (X.690, 8.1.3). */
    BER {
        @Override
        public long receive(Connection connection) {
            int first = connection.receive(1)[0] & 0xff;
            if (first < 0x80) {
                return first;
            }
            int bytes = first & 0x7f;
            if (bytes < 1 || bytes > MOST) {
                throw new ExpectationFailed("the client sent " + String.format("%02x", first)
                        + " as the first byte of a length in BER; 00 to 7f are allowed, or 81 to 84 followed by 1"
                        + " to 4 bytes");
            }
            return new FixedLength(bytes, ByteOrder.BIG_ENDIAN).receive(connection);
        }

        @Override
        public byte[] write(long length) {
            if (length < 0x80) {
                return new byte[] {(byte) length};
            }
            int bytes = (Long.SIZE - Long.numberOfLeadingZeros(length) + 7) / 8;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0x80 | bytes);
            out.writeBytes(new FixedLength(bytes, ByteOrder.BIG_ENDIAN).write(length));
            return out.toByteArray();
        }
    },
    /** Digits and a space, as in octet counting of syslog (RFC 6587, 3.4.1). */
    DECIMAL {
        @Override
        public long receive(Connection connection) {
            StringBuilder digits = new StringBuilder();
            while (true) {
                char next = (char) (connection.receive(1)[0] & 0xff);
                if (next == ' ' && !digits.isEmpty()) {
                    return Long.parseLong(digits.toString());
                }
                digits.append(next);
                if (next < '0' || next > '9' || digits.length() > DIGITS) {
                    throw new ExpectationFailed("the client sent \""
                            + Bytes.ofText(digits.toString()).escaped()
                            + "\" where a length of 1 to 10 digits and a space is expected");
                }
            }
        }

        @Override
        public byte[] write(long length) {
            return (length + " ").getBytes(StandardCharsets.US_ASCII);
        }
    };

    private static final int MOST = 4;
    private static final int DIGITS = 10;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

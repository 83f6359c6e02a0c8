package io.socketharness.script;

import io.socketharness.internal.script.framing.LengthCode;
import io.socketharness.internal.script.framing.MessageSize;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A framing by a length in front of each message, made by {@link Framing#length(int)}, {@link Framing#varint},
 * {@link Framing#ber} and {@link Framing#decimal}. {@link #after} and {@link #plus} make it that of protocols whose length
 * stands behind a type, or counts more than what follows it. Immutable.
 */
public final class LengthFraming implements Framing {

    private final LengthCode code;
    private final int after;
    private final int plus;

    LengthFraming(LengthCode code) {
        this(code, 0, 0);
    }

    private LengthFraming(LengthCode code, int after, int plus) {
        this.code = code;
        this.after = after;
        this.plus = plus;
    }

    /**
     * The same with bytes in front of the length, such as the type of a message. A message has them at its beginning; the
     * length does not count them.
     *
     * @param bytes how many, 0 or more
     * @return the framing
     */
    public LengthFraming after(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a length after " + bytes + " bytes; 0 or more are allowed");
        }
        return new LengthFraming(code, bytes, plus);
    }

    /**
     * The same with a length that says more than the number of bytes behind it: one of four bytes that counts itself says
     * 4 more.
     *
     * @param bytes how many more; less than 0 where it leaves out some of what is behind it
     * @return the framing
     */
    public LengthFraming plus(int bytes) {
        return new LengthFraming(code, after, bytes);
    }

    @Override
    public byte[] receive(Connection connection) {
        byte[] head = connection.receive(after);
        long length = code.receive(connection);
        if (length < plus) {
            throw new ExpectationFailed("the client announced a length of " + length + ", where at least " + plus
                    + " is expected, because it counts " + plus + " more than the bytes after it");
        }
        byte[] rest = connection.receive(MessageSize.check(connection, length - plus));
        ByteArrayOutputStream message = new ByteArrayOutputStream(head.length + rest.length);
        message.writeBytes(head);
        message.writeBytes(rest);
        return message.toByteArray();
    }

    @Override
    public byte[] frame(byte[] message) {
        long length = (long) message.length - after + plus;
        if (message.length < after || length < 0) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes is too short for the framing "
                    + this + ": at least " + Math.max(after, after - plus) + " are needed");
        }
        byte[] prefix;
        try {
            prefix = code.write(length);
        } catch (IllegalArgumentException tooLong) {
            throw new IllegalArgumentException(
                    "a message of " + message.length + " bytes is too long: " + tooLong.getMessage(), tooLong);
        }
        ByteArrayOutputStream framed = new ByteArrayOutputStream(message.length + prefix.length);
        framed.write(message, 0, after);
        framed.writeBytes(prefix);
        framed.write(message, after, message.length - after);
        return framed.toByteArray();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LengthFraming that
                && code.equals(that.code)
                && after == that.after
                && plus == that.plus;
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, after, plus);
    }

    /** As {@code @frame} has it. */
    @Override
    public String toString() {
        return "length " + code + (after == 0 ? "" : " after " + after) + (plus == 0 ? "" : " plus " + plus);
    }
}

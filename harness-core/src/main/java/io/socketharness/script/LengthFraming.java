package io.socketharness.script;

import io.socketharness.internal.script.framing.LengthCode;
import io.socketharness.internal.script.framing.MessageSize;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A framing with a length before each message. {@link Framing#length(int)}, {@link Framing#varint}, {@link Framing#ber}
 * and {@link Framing#decimal} create it. Use {@link #after} if other bytes, such as a type, precede the length. Use
 * {@link #plus} if the length counts more or fewer bytes than those that follow it. Immutable.
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
     * Returns this framing with bytes before the length, such as the type of a message. They are the first bytes of the
     * message, and the length does not count them.
     *
     * @param bytes the number of bytes, 0 or more
     * @return the framing
     */
    public LengthFraming after(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a length after " + bytes + " bytes; 0 or more are allowed");
        }
        return new LengthFraming(code, bytes, plus);
    }

    /**
     * Returns this framing with a length that differs from the number of bytes that follow it. A length of four bytes
     * that counts itself has {@code plus(4)}.
     *
     * @param bytes the length minus the number of bytes that follow it; negative if the length does not count all of
     *     them
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

    /** Returns the arguments of {@code @frame}. */
    @Override
    public String toString() {
        return "length " + code + (after == 0 ? "" : " after " + after) + (plus == 0 ? "" : " plus " + plus);
    }
}

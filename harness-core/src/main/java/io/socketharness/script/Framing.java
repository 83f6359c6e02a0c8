package io.socketharness.script;

import java.nio.ByteOrder;

/**
 * What bounds the messages of a stream. TCP has no messages of its own: where one ends is always a matter of framing.
 *
 * <p>The built-in ones are made here; one's own reads with {@link Connection#receive(int)} and
 * {@link Connection#receiveUntil(byte...)}.
 */
public interface Framing {

    /**
     * Receives one message.
     *
     * @param connection where to receive from
     * @return the message without its frame
     */
    byte[] receive(Connection connection);

    /**
     * Puts a frame around a message.
     *
     * @param message what is to be sent
     * @return the bytes that go over the wire
     */
    byte[] frame(byte[] message);

    /**
     * A length before each message, unsigned.
     *
     * @param bytes how many bytes the length has: 1, 2 or 4
     * @param order {@link ByteOrder#BIG_ENDIAN} as network protocols have it, or {@link ByteOrder#LITTLE_ENDIAN}
     * @return the framing
     */
    static Framing length(int bytes, ByteOrder order) {
        return new LengthFraming(bytes, order);
    }

    /**
     * A length before each message, unsigned, in network byte order.
     *
     * @param bytes how many bytes the length has: 1, 2 or 4
     * @return the framing
     */
    static Framing length(int bytes) {
        return new LengthFraming(bytes, ByteOrder.BIG_ENDIAN);
    }

    /**
     * A delimiter after each message.
     *
     * @param delimiter at least one byte
     * @return the framing
     */
    static Framing until(byte... delimiter) {
        return new DelimiterFraming(delimiter);
    }

    /**
     * One message: all until the client closes its side.
     *
     * @return the framing
     */
    static Framing untilClose() {
        return CloseFraming.INSTANCE;
    }
}

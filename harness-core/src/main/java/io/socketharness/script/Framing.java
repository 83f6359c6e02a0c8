package io.socketharness.script;

import io.socketharness.internal.script.framing.CloseFraming;
import io.socketharness.internal.script.framing.DelimiterFraming;
import io.socketharness.internal.script.framing.FixedLength;
import io.socketharness.internal.script.framing.VariableLength;
import io.socketharness.internal.script.framing.WebSocketFraming;
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
     * A length in front of each message, unsigned.
     *
     * @param bytes how many bytes the length has: 1 to 4
     * @param order {@link ByteOrder#BIG_ENDIAN} as network protocols have it, or {@link ByteOrder#LITTLE_ENDIAN}
     * @return the framing
     */
    static LengthFraming length(int bytes, ByteOrder order) {
        return new LengthFraming(new FixedLength(bytes, order));
    }

    /**
     * A length in front of each message, unsigned, in network byte order.
     *
     * @param bytes how many bytes the length has: 1 to 4
     * @return the framing
     */
    static LengthFraming length(int bytes) {
        return length(bytes, ByteOrder.BIG_ENDIAN);
    }

    /**
     * A length in front of each message, of one to four bytes with seven bits each, the lowest first, as MQTT has it
     * (version 5.0, 1.5.5) and, with more bytes, protocol buffers.
     *
     * @return the framing
     */
    static LengthFraming varint() {
        return new LengthFraming(VariableLength.VARINT);
    }

    /**
     * A length in front of each message as BER has it (X.690, 8.1.3, the definite forms) of up to four bytes.
     * {@code ber().after(1)}, behind the byte of the tag, is that of LDAP.
     *
     * @return the framing
     */
    static LengthFraming ber() {
        return new LengthFraming(VariableLength.BER);
    }

    /**
     * A length in front of each message, in digits, with a space behind it: octet counting of syslog (RFC 6587, 3.4.1).
     *
     * @return the framing
     */
    static LengthFraming decimal() {
        return new LengthFraming(VariableLength.DECIMAL);
    }

    /**
     * Frames of WebSocket as its clients send them and get them (RFC 6455, section 5.2). A message is the first byte of a
     * frame, such as 81 for a text, 82 for bytes, 88 for a close, and its payload: the length and the mask are left out,
     * and the fragments of a message are joined.
     *
     * @return the framing
     */
    static Framing webSocket() {
        return WebSocketFraming.INSTANCE;
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

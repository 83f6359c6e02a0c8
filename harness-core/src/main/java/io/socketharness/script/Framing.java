package io.socketharness.script;

import io.socketharness.internal.script.framing.CloseFraming;
import io.socketharness.internal.script.framing.DelimiterFraming;
import io.socketharness.internal.script.framing.FixedLength;
import io.socketharness.internal.script.framing.VariableLength;
import io.socketharness.internal.script.framing.WebSocketFraming;
import io.socketharness.internal.script.text.Hex;
import java.nio.ByteOrder;

/**
 * Delimits the messages of a stream. TCP has no messages, so a framing defines where each message ends.
 *
 * <p>The methods of this interface create the built-in framings. A custom framing reads with
 * {@link Connection#receive(int)} and {@link Connection#receiveUntil(byte...)}.
 */
public interface Framing {

    /**
     * Receives one message.
     *
     * @param connection the connection to receive from
     * @return the message without its frame
     */
    byte[] receive(Connection connection);

    /**
     * Adds the frame to a message.
     *
     * @param message the message to send
     * @return the bytes to send
     */
    byte[] frame(byte[] message);

    /**
     * Returns a framing with a length before each message, as an unsigned number.
     *
     * @param bytes the size of the length: 1 to 4 bytes
     * @param order {@link ByteOrder#BIG_ENDIAN} (network byte order) or {@link ByteOrder#LITTLE_ENDIAN}
     * @return the framing
     */
    static LengthFraming length(int bytes, ByteOrder order) {
        return new LengthFraming(new FixedLength(bytes, order));
    }

    /**
     * Returns a framing with a length before each message, as an unsigned number in network byte order.
     *
     * @param bytes the size of the length: 1 to 4 bytes
     * @return the framing
     */
    static LengthFraming length(int bytes) {
        return length(bytes, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Returns a framing with a length of variable size before each message: one to four bytes with seven bits each, the
     * lowest first, as in MQTT (version 5.0, 1.5.5) and, with more bytes, in protocol buffers.
     *
     * @return the framing
     */
    static LengthFraming varint() {
        return new LengthFraming(VariableLength.VARINT);
    }

    /**
     * Returns a framing with a length in BER before each message (X.690, 8.1.3, the definite forms), of up to four
     * bytes. For LDAP use {@code ber().after(1)}: the length follows the tag byte.
     *
     * @return the framing
     */
    static LengthFraming ber() {
        return new LengthFraming(VariableLength.BER);
    }

    /**
     * Returns a framing with a decimal length and a space before each message: the octet counting of syslog (RFC 6587,
     * 3.4.1).
     *
     * @return the framing
     */
    static LengthFraming decimal() {
        return new LengthFraming(VariableLength.DECIMAL);
    }

    /**
     * Returns the framing of WebSocket on the server's side (RFC 6455, section 5.2). A message consists of the first
     * byte of a frame, such as 81 for text, 82 for binary data or 88 for a close, and the payload. Length and mask are
     * omitted, and the fragments of a message are joined.
     *
     * @return the framing
     */
    static Framing webSocket() {
        return WebSocketFraming.INSTANCE;
    }

    /**
     * Returns a framing with a delimiter after each message.
     *
     * @param delimiter at least one byte
     * @return the framing
     */
    static Framing until(byte... delimiter) {
        return new DelimiterFraming(delimiter);
    }

    /**
     * Returns a framing with a delimiter, written in hex, after each message.
     *
     * @param hex at least one byte, such as {@code 0d 0a}; may contain text in quotes and base64
     * @return the framing
     * @throws IllegalArgumentException if the hex is malformed or empty
     */
    static Framing untilHex(String hex) {
        return new DelimiterFraming(Hex.bytes(hex));
    }

    /**
     * Returns a framing for a single message: all input until the client closes its output.
     *
     * @return the framing
     */
    static Framing untilClose() {
        return CloseFraming.INSTANCE;
    }
}

package io.socketharness.internal.script.framing;

import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.script.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket frames (RFC 6455, 5.2): a message is the first byte of a frame and its payload, without length and mask.
 */
public enum WebSocketFraming implements Framing {
    INSTANCE("client"),
    /** The frames of a server, which have no mask. */
    OF_SERVER("server");

    private static final int LAST = 0x80;
    private static final int KIND = 0x0f;
    private static final int MASKED = 0x80;
    private static final int IN_TWO_BYTES = 126;
    private static final int IN_EIGHT_BYTES = 127;

    private final String sender;

    WebSocketFraming(String sender) {
        this.sender = sender;
    }

    /** The framing of the messages that a server sends to clients whose messages have a framing. */
    public static @Nullable Framing ofServer(@Nullable Framing ofClient) {
        return ofClient == INSTANCE ? OF_SERVER : ofClient;
    }

    /** Joins the fragments of a message. */
    @Override
    public byte[] receive(Connection connection) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int first = frame(connection, message);
        for (int next = first; (next & LAST) == 0; ) {
            next = frame(connection, message);
            if ((next & KIND) != 0) {
                throw new ExpectationFailed("the " + sender + " sent a frame of kind " + (next & KIND)
                        + " between the fragments of a message, which this framing does not support");
            }
        }
        byte[] whole = message.toByteArray();
        whole[0] = (byte) (first | LAST);
        return whole;
    }

    /** Adds the payload of a frame after a place for the first byte, and returns that byte. */
    private int frame(Connection connection, ByteArrayOutputStream message) {
        byte[] head = connection.receive(2);
        int size = MessageSize.check(connection, message.size() + length(head[1] & 0x7f, connection));
        boolean masked = (head[1] & MASKED) != 0;
        if (!masked && this == INSTANCE) {
            throw new ExpectationFailed("the client sent a frame without a mask; RFC 6455, section 5.1, requires one");
        }
        byte[] mask = masked ? connection.receive(4) : new byte[4];
        byte[] payload = connection.receive(size - message.size());
        if (message.size() == 0) {
            message.write(0);
        }
        for (int i = 0; i < payload.length; i++) {
            message.write(payload[i] ^ mask[i % 4]);
        }
        return head[0];
    }

    private static long length(int code, Connection connection) {
        return switch (code) {
            case IN_TWO_BYTES -> ByteBuffer.wrap(connection.receive(2)).getShort() & 0xffff;
            case IN_EIGHT_BYTES -> {
                long length = ByteBuffer.wrap(connection.receive(8)).getLong();
                yield length < 0 ? Long.MAX_VALUE / 2 : length;
            }
            default -> code;
        };
    }

    @Override
    public byte[] frame(byte[] message) {
        if (message.length == 0) {
            throw new IllegalArgumentException(
                    "the message is empty; it must begin with the first byte of a WebSocket frame, such as 81 for"
                            + " text");
        }
        int size = message.length - 1;
        ByteBuffer framed = ByteBuffer.allocate(10 + size).put(message[0]);
        if (size < IN_TWO_BYTES) {
            framed.put((byte) size);
        } else if (size <= 0xffff) {
            framed.put((byte) IN_TWO_BYTES).putShort((short) size);
        } else {
            framed.put((byte) IN_EIGHT_BYTES).putLong(size);
        }
        framed.put(message, 1, size).flip();
        byte[] bytes = new byte[framed.remaining()];
        framed.get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "websocket";
    }
}

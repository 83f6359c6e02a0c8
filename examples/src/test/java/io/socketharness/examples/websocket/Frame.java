package io.socketharness.examples.websocket;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A frame of a WebSocket (RFC 6455, 5.2): text of at most 64 KiB, or the end. The chat needs no other. */
record Frame(int opcode, Bytes payload) {

    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    static Frame text(String text) {
        return new Frame(TEXT, Bytes.ofText(text));
    }

    /** The end, with the status 1000: all is well. */
    static Frame close() {
        return new Frame(CLOSE, Bytes.parseHex("03e8"));
    }

    /** Takes a frame of a client, which masks it, as clients must (5.3). */
    static Frame receive(Connection connection) {
        byte[] head = connection.receive(2);
        int opcode = (head[0] & 0xFF) - FINAL;
        int length = (head[1] & 0xFF) - 0x80; // the bit says that the payload is masked
        if (opcode != TEXT && opcode != CLOSE || length < 0 || length > 126) {
            throw new IllegalArgumentException(
                    String.format("a frame that begins with %02x %02x is not for this chat", head[0], head[1]));
        }
        if (length == 126) {
            length = ByteBuffer.wrap(connection.receive(2)).getShort() & 0xFFFF;
        }
        byte[] mask = connection.receive(4);
        byte[] payload = connection.receive(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(opcode, Bytes.of(payload));
    }

    boolean isClose() {
        return opcode == CLOSE;
    }

    String text() {
        return payload.text();
    }

    /** The frame as a server sends it: not masked. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(FINAL | opcode);
        if (payload.size() < 126) {
            bytes.write(payload.size());
        } else {
            bytes.write(126);
            bytes.write(payload.size() >> 8);
            bytes.write(payload.size());
        }
        bytes.writeBytes(payload.toByteArray());
        return bytes.toByteArray();
    }
}

package io.socketharness.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A length before each message. */
record LengthFraming(int bytes, ByteOrder order) implements Framing {

    LengthFraming {
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            throw new IllegalArgumentException("a length prefix of " + bytes + " bytes; 1, 2 or 4 are allowed");
        }
    }

    @Override
    public byte[] receive(Connection connection) {
        long length = 0;
        byte[] prefix = connection.receive(bytes);
        for (int i = 0; i < bytes; i++) {
            int at = order == ByteOrder.BIG_ENDIAN ? i : bytes - 1 - i;
            length = length << 8 | prefix[at] & 0xff;
        }
        return connection.receive(connection.checkMessageSize(length));
    }

    @Override
    public byte[] frame(byte[] message) {
        if (bytes < 4 && message.length >= 1L << 8 * bytes) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes does not fit a length of "
                    + bytes + (bytes == 1 ? " byte" : " bytes"));
        }
        ByteBuffer framed = ByteBuffer.allocate(bytes + message.length);
        for (int i = 0; i < bytes; i++) {
            int shift = 8 * (order == ByteOrder.BIG_ENDIAN ? bytes - 1 - i : i);
            framed.put((byte) (message.length >>> shift));
        }
        return framed.put(message).array();
    }

    @Override
    public String toString() {
        return "length " + bytes + (order == ByteOrder.LITTLE_ENDIAN ? " little" : "");
    }
}

package io.socketharness.internal.forward;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Watches for an SSLRequest of PostgreSQL, which comes before any other message except a GSSENCRequest, and for the byte
 * {@code S} after it (PostgreSQL documentation, "Message Flow", SSL Session Encryption).
 */
final class PostgresWatch implements UpgradeWatch {

    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};
    private static final byte[] GSS_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x30};

    private final ByteArrayOutputStream client = new ByteArrayOutputStream();
    private boolean over;
    private boolean requested;

    @Override
    public synchronized void fromClient(byte[] data) {
        requested = false;
        for (int i = 0; i < data.length && !over; i++) {
            client.write(data[i]);
            if (client.size() == SSL_REQUEST.length) {
                byte[] first = client.toByteArray();
                client.reset();
                requested = Arrays.equals(first, SSL_REQUEST);
                over = !requested && !Arrays.equals(first, GSS_REQUEST);
            }
        }
    }

    @Override
    public synchronized int fromServer(byte[] data) {
        boolean agrees = requested && data.length > 0 && data[0] == 'S';
        requested = requested && data.length == 0;
        return agrees ? 1 : -1;
    }
}

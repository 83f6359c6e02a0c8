package io.socketharness.internal.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the server's part of a handshake whether it resumes a session, because the JDK does not say so. Inspects
 * records only until that is known: up to the ServerHello in TLS 1.3, and up to the message after it in older versions.
 */
final class ServerFlight {

    private static final byte CHANGE_CIPHER_SPEC = 20;
    private static final byte HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int NEW_SESSION_TICKET = 4;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS_13 = 0x0304;
    private static final int HEADER = 5;
    private static final int DTLS_HEADER = 13;
    private static final int DTLS_EPOCH = 3;
    /** The random of a HelloRetryRequest, which has the form of a ServerHello (RFC 8446, section 4.1.3). */
    private static final ByteBuffer RETRY = ByteBuffer.wrap(
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"));

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    /** Whether the ServerHello of a version before TLS 1.3 was seen. */
    private boolean hello;

    private @Nullable Boolean resumed;

    /** Whether it resumes a session; false before that is known. */
    boolean isResumed() {
        return Boolean.TRUE.equals(resumed);
    }

    /** Inspects a record of TLS, or an empty buffer. */
    void see(ByteBuffer record) {
        if (resumed != null || record.remaining() <= HEADER) {
            return;
        }
        byte type = record.get(record.position());
        if (type == CHANGE_CIPHER_SPEC) {
            changeOfCipher();
        } else if (type == HANDSHAKE) {
            byte[] part = new byte[record.remaining() - HEADER];
            record.duplicate().position(record.position() + HEADER).get(part);
            messages.writeBytes(part);
            readMessages();
        }
    }

    private void readMessages() {
        ByteBuffer in = ByteBuffer.wrap(messages.toByteArray());
        while (resumed == null && in.remaining() >= 4) {
            int type = in.get(in.position());
            int length = in.getInt(in.position()) & 0xffffff;
            if (hello) {
                message(type);
            } else if (in.remaining() < 4 + length) {
                // the rest of the ServerHello is in the next record
                break;
            } else if (type == SERVER_HELLO) {
                serverHello(in.slice(in.position() + 4, length));
            }
            in.position(Math.min(in.limit(), in.position() + 4 + length));
        }
        messages.reset();
        messages.write(in.array(), in.position(), in.remaining());
    }

    private void serverHello(ByteBuffer in) {
        in.getShort();
        boolean retry = in.slice(in.position(), RETRY.remaining()).equals(RETRY);
        in.position(in.position() + RETRY.remaining());
        in.position(in.position() + 1 + (in.get(in.position()) & 0xff) + 3);
        boolean isTls13 = false;
        boolean hasKey = false;
        in.position(in.position() + (in.hasRemaining() ? 2 : 0));
        while (in.hasRemaining()) {
            int type = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            isTls13 |= type == SUPPORTED_VERSIONS && in.getShort(in.position()) == TLS_13;
            hasKey |= type == PRE_SHARED_KEY;
            in.position(in.position() + length);
        }
        if (!isTls13) {
            hello = true;
        } else if (!retry) {
            resumed = hasKey;
        }
    }

    /** Inspects a record of DTLS 1.2 or older, with at most one message, or an empty buffer. */
    void seeDatagram(ByteBuffer record) {
        int at = record.position();
        if (resumed != null || record.remaining() <= DTLS_HEADER || record.getShort(at + DTLS_EPOCH) != 0) {
            return;
        }
        int message = record.get(at + DTLS_HEADER);
        if (record.get(at) == CHANGE_CIPHER_SPEC) {
            changeOfCipher();
        } else if (record.get(at) == HANDSHAKE && message == SERVER_HELLO) {
            // the JDK may repeat it
            hello = true;
        } else if (record.get(at) == HANDSHAKE && hello) {
            message(message);
        }
    }

    /** The message after the ServerHello: a certificate in a full handshake, a new ticket in an abbreviated one. */
    private void message(int type) {
        resumed = type == NEW_SESSION_TICKET;
    }

    /** An abbreviated handshake without a new ticket changes the cipher at once. */
    private void changeOfCipher() {
        if (hello) {
            resumed = true;
        }
    }
}

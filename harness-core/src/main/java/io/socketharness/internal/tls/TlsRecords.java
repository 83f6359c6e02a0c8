package io.socketharness.internal.tls;

import io.socketharness.recording.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the records of a client before the engine: its hello, and unencrypted alerts. With TLS 1.3, OpenSSL clients
 * refuse a certificate with such an alert, and the JDK then reports a record that is too short.
 */
final class TlsRecords {

    /** The limit of a plain record (RFC 8446, section 5.1). */
    static final int MOST_CLEAR = 1 << 14;
    /** The limit of an encrypted record in TLS 1.3 (section 5.2). */
    static final int MOST_ENCRYPTED = MOST_CLEAR + 256;
    /** The same in TLS 1.2 and older (RFC 5246, section 6.2.3). */
    static final int MOST_ENCRYPTED_BEFORE = MOST_CLEAR + 2048;

    private static final int HEADER = 5;
    private static final byte CHANGE_CIPHER_SPEC = 20;
    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;
    private static final byte DATA = 23;
    private static final byte HEARTBEAT = 24;

    private final ByteArrayOutputStream helloBytes = new ByteArrayOutputStream();
    /** How many bytes to wait for before the next look: first the length, then the whole hello. */
    private int helloSize = 4;

    private boolean begun;
    private @Nullable ClientHello hello;

    /** The kind of the client's first bytes. */
    enum Opening {
        TLS,
        UNKNOWN_YET,
        OTHER
    }

    static Opening opening(ByteBuffer in) {
        int at = in.position();
        if (in.remaining() > 0 && in.get(at) != HANDSHAKE || in.remaining() > 1 && in.get(at + 1) != 3) {
            return Opening.OTHER;
        }
        return in.remaining() < 2 ? Opening.UNKNOWN_YET : Opening.TLS;
    }

    /** The length of the record at the beginning of {@code in}, with its header; 0 if it is incomplete. */
    static int whole(ByteBuffer in) {
        if (in.remaining() < HEADER) {
            return 0;
        }
        int length = HEADER + (in.getShort(in.position() + 3) & 0xffff);
        return in.remaining() < length ? 0 : length;
    }

    /** The known length of the record at the beginning of a buffer that is being filled. */
    static int announced(ByteBuffer filled) {
        return filled.position() < HEADER ? 0 : HEADER + (filled.getShort(3) & 0xffff);
    }

    /** The error in the header of the record at the beginning of {@code in}, found without waiting for the rest. */
    static Optional<String> fault(ByteBuffer in, int most) {
        if (in.remaining() < HEADER) {
            return Optional.empty();
        }
        int at = in.position();
        int length = in.getShort(at + 3) & 0xffff;
        if (in.get(at) < CHANGE_CIPHER_SPEC || in.get(at) > HEARTBEAT || in.get(at + 1) != 3) {
            byte[] found = new byte[Math.min(60, in.remaining())];
            in.duplicate().get(found);
            return Optional.of("not a TLS record: " + Bytes.of(found));
        }
        if (length == 0 && in.get(at) != DATA) {
            return Optional.of("an empty record of type " + in.get(at) + ", which TLS does not allow");
        }
        return length > most
                ? Optional.of("a record of " + length + " bytes, where TLS allows " + most)
                : Optional.empty();
    }

    static boolean isHandshake(ByteBuffer in) {
        return in.get(in.position()) == HANDSHAKE;
    }

    /** Inspects the whole record at the beginning of {@code in}. */
    void see(ByteBuffer in) {
        if (hello == null && isHandshake(in)) {
            begun = true;
            byte[] part = new byte[whole(in) - HEADER];
            in.duplicate().position(in.position() + HEADER).get(part);
            helloBytes.writeBytes(part);
            if (helloBytes.size() >= helloSize) {
                byte[] all = helloBytes.toByteArray();
                helloSize = ClientHello.size(all);
                hello = ClientHello.parse(all).orElse(null);
            }
        }
    }

    /** Whether a part of the hello was seen. */
    boolean hasBegun() {
        return begun;
    }

    /** The code of an unencrypted alert at the beginning of {@code in}. Encrypted alerts are longer than two bytes. */
    static OptionalInt alert(ByteBuffer in) {
        boolean isAlert = whole(in) == HEADER + 2 && in.get(in.position()) == ALERT;
        return isAlert ? OptionalInt.of(in.get(in.position() + HEADER + 1) & 0xff) : OptionalInt.empty();
    }

    Optional<ClientHello> hello() {
        return Optional.ofNullable(hello);
    }
}

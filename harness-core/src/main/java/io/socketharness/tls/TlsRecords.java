package io.socketharness.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the records that a client sends, before they are handed on: at its hello, and at alerts in clear. Clients of
 * OpenSSL refuse a certificate under TLS 1.3 with such an alert, and the JDK then tells of a record that is too short.
 */
final class TlsRecords {

    private static final int HEADER = 5;
    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;

    private final ByteArrayOutputStream helloBytes = new ByteArrayOutputStream();
    private @Nullable ClientHello hello;

    /** What the client's first bytes are. */
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

    /** The length of the record that {@code in} begins with, header included; 0 if it is not all there. */
    static int whole(ByteBuffer in) {
        if (in.remaining() < HEADER) {
            return 0;
        }
        int length = HEADER + (in.getShort(in.position() + 3) & 0xffff);
        return in.remaining() < length ? 0 : length;
    }

    /** The length of the record that stands at the beginning of a buffer being filled, as far as it is known. */
    static int announced(ByteBuffer filled) {
        return filled.position() < HEADER ? 0 : HEADER + (filled.getShort(3) & 0xffff);
    }

    /** Looks at the whole record that {@code in} begins with. */
    void see(ByteBuffer in) {
        if (hello == null && in.get(in.position()) == HANDSHAKE) {
            for (int i = HEADER; i < whole(in); i++) {
                helloBytes.write(in.get(in.position() + i));
            }
            hello = ClientHello.parse(helloBytes.toByteArray()).orElse(null);
        }
    }

    /** The code of the alert in clear that {@code in} begins with: encrypted ones are longer than two bytes. */
    static OptionalInt alert(ByteBuffer in) {
        boolean isAlert = whole(in) == HEADER + 2 && in.get(in.position()) == ALERT;
        return isAlert ? OptionalInt.of(in.get(in.position() + HEADER + 1) & 0xff) : OptionalInt.empty();
    }

    Optional<ClientHello> hello() {
        return Optional.ofNullable(hello);
    }
}

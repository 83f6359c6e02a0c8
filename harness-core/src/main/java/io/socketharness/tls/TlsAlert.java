package io.socketharness.tls;

import io.socketharness.internal.KnownWords;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The alerts of TLS, by the names that RFC 8446 (section 6), RFC 5246 and RFC 6066 give them. */
public enum TlsAlert {
    /** The sender sends no more. */
    CLOSE_NOTIFY(0),
    /** A message that does not belong here. */
    UNEXPECTED_MESSAGE(10),
    /** A record that cannot be decrypted. */
    BAD_RECORD_MAC(20),
    /** A record that is too long. */
    RECORD_OVERFLOW(22),
    /** Nothing that both sides can do. */
    HANDSHAKE_FAILURE(40),
    /** A certificate that is corrupt or not signed as it says. */
    BAD_CERTIFICATE(42),
    /** A certificate of a kind that is not supported. */
    UNSUPPORTED_CERTIFICATE(43),
    /** A certificate that was revoked. */
    CERTIFICATE_REVOKED(44),
    /** A certificate that has expired or is not yet valid. */
    CERTIFICATE_EXPIRED(45),
    /** Something else is wrong with the certificate. */
    CERTIFICATE_UNKNOWN(46),
    /** A field out of its range. */
    ILLEGAL_PARAMETER(47),
    /** A certificate of an authority that is not trusted. */
    UNKNOWN_CA(48),
    /** A valid certificate, and no permission. */
    ACCESS_DENIED(49),
    /** A message that cannot be decoded. */
    DECODE_ERROR(50),
    /** A signature or a Finished message that is wrong. */
    DECRYPT_ERROR(51),
    /** A version of the protocol that is not supported. */
    PROTOCOL_VERSION(70),
    /** Nothing that is secure enough. */
    INSUFFICIENT_SECURITY(71),
    /** Something else went wrong on the sender's side. */
    INTERNAL_ERROR(80),
    /** A fallback to an older version that should not be (RFC 7507). */
    INAPPROPRIATE_FALLBACK(86),
    /** The user has cancelled the handshake. */
    USER_CANCELED(90),
    /** An extension that is needed is missing. */
    MISSING_EXTENSION(109),
    /** An extension that was not asked for. */
    UNSUPPORTED_EXTENSION(110),
    /** No server of the name that was asked for. */
    UNRECOGNIZED_NAME(112),
    /** A stapled answer about a certificate's revocation that is wrong. */
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    /** A pre-shared key of an unknown identity. */
    UNKNOWN_PSK_IDENTITY(115),
    /** A client certificate is required and was not given. */
    CERTIFICATE_REQUIRED(116),
    /** No application protocol that both sides speak (RFC 7301). */
    NO_APPLICATION_PROTOCOL(120);

    private final int code;

    TlsAlert(int code) {
        this.code = code;
    }

    /**
     * Finds an alert by its name.
     *
     * @param name such as {@code handshake_failure}, in upper or lower case
     * @return the alert
     * @throws IllegalArgumentException if there is none of that name; the message names those there are
     */
    public static TlsAlert named(String name) {
        for (TlsAlert alert : values()) {
            if (alert.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return alert;
            }
        }
        List<String> known = Arrays.stream(values()).map(TlsAlert::toString).toList();
        throw new IllegalArgumentException("unknown alert \"" + name + "\"; " + KnownWords.hint(name, known));
    }

    /**
     * The number on the wire.
     *
     * @return from 0 to 255
     */
    public int code() {
        return code;
    }

    /**
     * The record of a fatal alert in clear, as a server sends it before the handshake is done.
     *
     * @return seven bytes (RFC 8446, section 5.1 and 6)
     */
    public byte[] record() {
        return new byte[] {21, 3, 3, 0, 2, 2, (byte) code};
    }

    /** The name as the RFCs write it, such as {@code handshake_failure}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

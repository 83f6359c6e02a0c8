package io.socketharness.tls;

import io.socketharness.internal.KnownWords;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The alerts of TLS, with their names in RFC 8446 (section 6), RFC 5246 and RFC 6066. */
public enum TlsAlert {
    /** The sender sends no more data. */
    CLOSE_NOTIFY(0),
    /** A message that is not allowed in this state. */
    UNEXPECTED_MESSAGE(10),
    /** A record that cannot be decrypted. */
    BAD_RECORD_MAC(20),
    /** A record that is too long. */
    RECORD_OVERFLOW(22),
    /** Client and server have no security parameters in common. */
    HANDSHAKE_FAILURE(40),
    /** A certificate that is corrupt or has an invalid signature. */
    BAD_CERTIFICATE(42),
    /** A certificate of an unsupported type. */
    UNSUPPORTED_CERTIFICATE(43),
    /** A certificate that was revoked. */
    CERTIFICATE_REVOKED(44),
    /** A certificate that has expired or is not yet valid. */
    CERTIFICATE_EXPIRED(45),
    /** Another problem with the certificate. */
    CERTIFICATE_UNKNOWN(46),
    /** A field out of range. */
    ILLEGAL_PARAMETER(47),
    /** A certificate of an untrusted authority. */
    UNKNOWN_CA(48),
    /** A valid certificate without permission. */
    ACCESS_DENIED(49),
    /** A message that cannot be decoded. */
    DECODE_ERROR(50),
    /** An invalid signature or Finished message. */
    DECRYPT_ERROR(51),
    /** An unsupported version of the protocol. */
    PROTOCOL_VERSION(70),
    /** The security parameters are too weak for the server. */
    INSUFFICIENT_SECURITY(71),
    /** An internal error of the sender. */
    INTERNAL_ERROR(80),
    /** An inappropriate fallback to an older version (RFC 7507). */
    INAPPROPRIATE_FALLBACK(86),
    /** The user has cancelled the handshake. */
    USER_CANCELED(90),
    /** A required extension is missing. */
    MISSING_EXTENSION(109),
    /** An extension that was not requested. */
    UNSUPPORTED_EXTENSION(110),
    /** No server has the requested name. */
    UNRECOGNIZED_NAME(112),
    /** An invalid stapled response about a certificate's revocation. */
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    /** A pre-shared key with an unknown identity. */
    UNKNOWN_PSK_IDENTITY(115),
    /** A client certificate is required and was not sent. */
    CERTIFICATE_REQUIRED(116),
    /** Client and server have no application protocol in common (RFC 7301). */
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
     * @throws IllegalArgumentException if no alert has that name; the message lists the known names
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
     * Returns the number of the alert in the protocol.
     *
     * @return from 0 to 255
     */
    public int code() {
        return code;
    }

    /**
     * Returns the record of this alert as a fatal, unencrypted alert, as a server sends it before the handshake is
     * complete.
     *
     * @return seven bytes (RFC 8446, sections 5.1 and 6)
     */
    public byte[] record() {
        return new byte[] {21, 3, 3, 0, 2, 2, (byte) code};
    }

    /** Returns the name as in the RFCs, such as {@code handshake_failure}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

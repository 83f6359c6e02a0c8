package io.socketharness.internal.recording;

import java.util.Optional;

/**
 * Why TLS failed, in the handshake or afterwards. For those who run a server; tests read the words in the event's detail.
 *
 * @param reason what happened
 * @param alert the name of the alert that the client sent, as the RFCs write it
 * @param detail more in words; empty where the reason says all, and where there is an alert
 */
public record TlsFailure(Reason reason, Optional<String> alert, String detail) {

    /** What happened. Its words come before the alert or the detail. */
    public enum Reason {
        /** The client sent an alert about the server's certificate. */
        CERTIFICATE_REFUSED("the client refused our certificate: "),
        /** The client sent another alert in the handshake. */
        REFUSED_BY_CLIENT("the client refused the handshake: "),
        /** No version of TLS that both speak. */
        NO_COMMON_PROTOCOL("the server refused the handshake: the client offers "),
        /** No cipher suite that both have. */
        NO_COMMON_CIPHER_SUITE("the server refused the handshake: client and server have no cipher suite in common"),
        /** The server requires a certificate. */
        NO_CLIENT_CERTIFICATE("the server refused the handshake: the client sent no certificate, but one is required"),
        /** No protocol of ALPN that both speak. */
        NO_COMMON_APPLICATION_PROTOCOL("the server refused the handshake: client and server have no application"
                + " protocol in common;"
                + " the client offers "),
        /** The server does not trust the client's certificate. */
        CLIENT_CERTIFICATE_NOT_TRUSTED("the server refused the handshake: the client's certificate is not trusted: "),
        /** Anything else that the server does not accept in the handshake. */
        REFUSED_BY_SERVER("the server refused the handshake: "),
        /** The client began with something else than a record of TLS. */
        NO_TLS("the client did not send TLS, but "),
        /** The client began with something else than a record of DTLS. */
        NO_DTLS("the client did not send DTLS, but "),
        /** The client sent its FIN in the handshake. */
        CLOSED_BY_CLIENT("the client closed the connection in the middle of the handshake, without an alert"),
        /** The client sent a RST in the handshake. */
        RESET_BY_CLIENT("the client reset the connection in the middle of the handshake"),
        /** A session of DTLS ended before its handshake was done. */
        SESSION_CLOSED("an alert or a hello that cannot be read closed the session during the handshake"),
        /** The client did not go on with the handshake. */
        TIMED_OUT("the client did not continue the handshake within "),
        /** The client sent an alert after the handshake. */
        ALERT("the client sent the alert "),
        /** A record after the handshake cannot be decrypted, or is none. */
        UNREADABLE_RECORD("the client sent a record that cannot be read: "),
        /** The system did not send a datagram of the session. */
        NOT_SENT("a datagram could not be sent: ");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /**
     * A failure that the reason says all about.
     *
     * @param reason what happened
     */
    public TlsFailure(Reason reason) {
        this(reason, "");
    }

    /**
     * A failure without an alert of the client.
     *
     * @param reason what happened
     * @param detail more in words
     */
    public TlsFailure(Reason reason, String detail) {
        this(reason, Optional.empty(), detail);
    }

    /**
     * A failure by an alert of the client.
     *
     * @param reason what happened
     * @param alert its name
     * @return the failure
     */
    public static TlsFailure byAlert(Reason reason, String alert) {
        return new TlsFailure(reason, Optional.of(alert), "");
    }

    /** Whether one side refused the other: not where the client left, or did not go on. */
    public boolean isRefusal() {
        return switch (reason) {
            case CLOSED_BY_CLIENT, RESET_BY_CLIENT, SESSION_CLOSED, TIMED_OUT -> false;
            default -> true;
        };
    }

    /** Such as {@code the client refused our certificate: certificate_expired}. */
    @Override
    public String toString() {
        return reason.words + alert.orElse(detail);
    }
}

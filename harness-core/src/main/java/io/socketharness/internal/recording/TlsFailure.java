package io.socketharness.internal.recording;

import io.socketharness.internal.ForeignText;
import java.util.Optional;

/**
 * Why TLS failed, during the handshake or later. Tests read it in the event's detail.
 *
 * @param reason of the failure
 * @param alert the name of the alert that the client sent, as in the RFCs
 * @param detail more details; empty if the reason says everything, and with an alert
 */
public record TlsFailure(Reason reason, Optional<String> alert, String detail) {

    /** The reason. Its words precede the alert or the detail. */
    public enum Reason {
        /** The client sent an alert about the server's certificate. */
        CERTIFICATE_REFUSED("the client refused our certificate: "),
        /** The client sent another alert during the handshake. */
        REFUSED_BY_CLIENT("the client refused the handshake: "),
        /** Client and server have no TLS version in common. */
        NO_COMMON_PROTOCOL("the server refused the handshake: the client offers "),
        /** Client and server have no cipher suite in common. */
        NO_COMMON_CIPHER_SUITE("the server refused the handshake: client and server have no cipher suite in common"),
        /** The client sent no certificate, but the server requires one. */
        NO_CLIENT_CERTIFICATE("the server refused the handshake: the client sent no certificate, but one is required"),
        /** Client and server have no ALPN protocol in common. */
        NO_COMMON_APPLICATION_PROTOCOL("the server refused the handshake: client and server have no application"
                + " protocol in common;"
                + " the client offers "),
        /** The server does not trust the client's certificate. */
        CLIENT_CERTIFICATE_NOT_TRUSTED("the server refused the handshake: the client's certificate is not trusted: "),
        /** Anything else that the server does not accept during the handshake. */
        REFUSED_BY_SERVER("the server refused the handshake: "),
        /** The client's first bytes are not a TLS record. */
        NO_TLS("the client did not send TLS, but "),
        /** The client's first bytes are not a DTLS record. */
        NO_DTLS("the client did not send DTLS, but "),
        /** The client sent a FIN during the handshake. */
        CLOSED_BY_CLIENT("the client closed the connection in the middle of the handshake, without an alert"),
        /** The client sent a RST during the handshake. */
        RESET_BY_CLIENT("the client reset the connection in the middle of the handshake"),
        /** A DTLS session ended before its handshake was complete. */
        SESSION_CLOSED("an alert or a hello that cannot be read closed the session during the handshake"),
        /** The client did not continue the handshake. */
        TIMED_OUT("the client did not continue the handshake within "),
        /** The client sent an alert after the handshake. */
        ALERT("the client sent the alert "),
        /** A record after the handshake cannot be decrypted, or is not a record. */
        UNREADABLE_RECORD("the client sent a record that cannot be read: "),
        /** The system did not send a datagram of the session. */
        NOT_SENT("a datagram could not be sent: ");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    public TlsFailure {
        // the JDK repeats names that the client has sent
        detail = ForeignText.shown(detail);
    }

    /**
     * A failure without details.
     *
     * @param reason of the failure
     */
    public TlsFailure(Reason reason) {
        this(reason, "");
    }

    /**
     * A failure without an alert of the client.
     *
     * @param reason of the failure
     * @param detail more details
     */
    public TlsFailure(Reason reason, String detail) {
        this(reason, Optional.empty(), detail);
    }

    /**
     * A failure by an alert of the client.
     *
     * @param reason of the failure
     * @param alert its name
     * @return the failure
     */
    public static TlsFailure byAlert(Reason reason, String alert) {
        return new TlsFailure(reason, Optional.of(alert), "");
    }

    /** Whether one side refused the other; false if the client left or did not continue. */
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

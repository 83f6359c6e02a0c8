package io.socketharness.recording;

import java.time.Duration;

/**
 * An event on a connection, with its time.
 *
 * @param at the time on a monotonic clock since the server's start; with an extension, since the start of the test's
 *     first server, so that the times of all its servers are comparable
 * @param kind the kind of the event
 * @param bytes the bytes sent or received, for {@link Kind#RECEIVED} and {@link Kind#SENT}; otherwise empty
 * @param detail details as text, such as the client's address for {@link Kind#OPENED}; may be empty
 */
public record Event(Duration at, Kind kind, Bytes bytes, String detail) {

    /** The kinds of events. */
    public enum Kind {
        /** The server accepted the connection, or received the first datagram of this client. */
        OPENED("opened"),
        /** Bytes arrived from the client; on datagrams, one datagram. */
        RECEIVED("received"),
        /** Bytes were sent to the client: the system accepted them for sending. */
        SENT("sent"),
        /**
         * The client sent its FIN and sends no more data. Over TCP the server cannot see whether the client still
         * reads.
         */
        HALF_CLOSED_BY_CLIENT("closed by the client"),
        /** The server sent its FIN and continues to read. */
        HALF_CLOSED_BY_SERVER("half-closed by the server"),
        /** The client sent a RST. */
        RESET_BY_CLIENT("reset by the client"),
        /** The server sent a RST. */
        RESET_BY_SERVER("reset by the server"),
        /**
         * The server closed the connection. The detail is empty, or says that it closed at once, without reading on, or
         * that it forgot the DTLS session.
         */
        CLOSED("closed by the server"),
        /** The TLS ClientHello arrived, for a script that controls the answer. */
        TLS_HELLO("TLS hello received"),
        /** The handshake is complete. From here on decrypted bytes are recorded. */
        TLS_ESTABLISHED("TLS established"),
        /** The handshake failed, or TLS failed later. The detail contains the reason. */
        TLS_FAILED("TLS failed"),
        /** The server broke TLS as its script specifies. */
        TLS_FAULT("TLS fault"),
        /** The conversation continues from another port of the server. The detail contains the port. */
        NEW_PORT("continues from another port"),
        /** The server discarded a DTLS record that belongs to no session. The detail describes it. */
        DISCARDED("discarded"),
        /**
         * Bytes could not be sent, such as after the client had disconnected, or a datagram while the server refuses
         * clients. The detail contains the reason.
         */
        NOT_SENT("not sent"),
        /** The simulated network lost, repeated or changed data. The detail describes it. */
        NETWORK("network"),
        /** The real server behind a forwarded connection was connected, or has ended. The detail describes it. */
        REAL_SERVER("real server"),
        /** The last step of the script is complete. */
        COMPLETED("script completed"),
        /** The script or the behaviour failed. */
        FAILED("failed"),
        /**
         * The limit of the recording was reached. From here on bytes are not kept, and sent and received data has no
         * events. The detail contains the position of the first byte that was not kept.
         */
        LIMIT_REACHED("recording limit reached");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns the words that dialogues show for the kind. */
        @Override
        public String toString() {
            return words;
        }
    }
}

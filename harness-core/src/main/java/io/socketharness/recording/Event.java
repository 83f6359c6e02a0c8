package io.socketharness.recording;

import java.time.Duration;

/**
 * Something that was seen on a connection.
 *
 * @param at when, by a monotonic clock: since the server's start, in a test with an extension since the start of its
 *     first server, so that the times of all its servers can be compared
 * @param kind what was seen
 * @param bytes what went over the wire, for {@link Kind#RECEIVED} and {@link Kind#SENT}; else none
 * @param detail more in words, such as the client's address for {@link Kind#OPENED}; may be empty
 */
public record Event(Duration at, Kind kind, Bytes bytes, String detail) {

    /** What can be seen on a connection. */
    public enum Kind {
        /** The server took the connection, or the first datagram of this source came. */
        OPENED("opened"),
        /** Bytes came from the client; on datagrams, one datagram. */
        RECEIVED("received"),
        /** Bytes went to the client: the system took them for sending. */
        SENT("sent"),
        /** The client sent its FIN: it sends no more. Whether it still reads cannot be seen on TCP. */
        HALF_CLOSED_BY_CLIENT("closed by the client"),
        /** The server sent its FIN and reads on. */
        HALF_CLOSED_BY_SERVER("half-closed by the server"),
        /** The client's RST came. */
        RESET_BY_CLIENT("reset by the client"),
        /** The server sent a RST. */
        RESET_BY_SERVER("reset by the server"),
        /** The server closed the connection. */
        CLOSED("closed by the server"),
        /** The client's hello came, and the script was to answer it. */
        TLS_HELLO("TLS hello received"),
        /** The handshake is done; from here on bytes are recorded as they are in clear. */
        TLS_ESTABLISHED("TLS established"),
        /** The handshake failed, or TLS broke afterwards; the detail says why. */
        TLS_FAILED("TLS failed"),
        /** The server did something wrong to TLS, as its script asked for. */
        TLS_FAULT("TLS fault"),
        /** The conversation goes on from another port of the server; the detail says which. */
        NEW_PORT("continues from another port"),
        /** A record of DTLS that belongs to no session, which the server discards; the detail says what it was. */
        DISCARDED("discarded"),
        /** Bytes that could not be sent, as the client had gone. */
        NOT_SENT("not sent"),
        /** The last step of the script was done. */
        COMPLETED("script completed"),
        /** The script or the behaviour failed. */
        FAILED("failed"),
        /**
         * The limit of the recording was reached: from here on bytes are not kept, and what is sent and received has no
         * events of its own; the detail says from which bytes on.
         */
        LIMIT_REACHED("recording limit reached");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind in words, as dialogues show it. */
        @Override
        public String toString() {
            return words;
        }
    }
}

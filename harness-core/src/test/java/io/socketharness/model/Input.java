package io.socketharness.model;

import io.socketharness.recording.Bytes;

/** All that a client sends, and how far it has been taken; positions count bytes of a stream, or datagrams. */
interface Input {

    /** A message is not there, or not whole. */
    final class Lacking extends Exception {

        private static final long serialVersionUID = 1;

        private final boolean partial;

        Lacking(boolean partial) {
            super("a message is not there", null, false, false);
            this.partial = partial;
        }

        /** Whether a part of it is there. */
        boolean isPartial() {
            return partial;
        }
    }

    int size();

    int position();

    void position(int newPosition);

    default boolean isUsedUp() {
        return position() == size();
    }

    /** A line without its end; a datagram. */
    Bytes line() throws Lacking;

    /** A message of a framing; a datagram. */
    Bytes message(Framing framing) throws Lacking;

    /** So many bytes; a datagram, cut to them. */
    Bytes exactly(int count) throws Lacking;

    /** As many bytes as are expected, or fewer up to the first that differs; a datagram. */
    Bytes upToDifference(Bytes expected) throws Lacking;
}

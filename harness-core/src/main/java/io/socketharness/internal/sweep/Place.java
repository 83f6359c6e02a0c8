package io.socketharness.internal.sweep;

/**
 * A place in the dialogue of the clean run.
 *
 * @param connection the index of the connection
 * @param kind the part of the connection
 * @param message the index of the message; for {@link Kind#HANDSHAKE}, of the message after the handshake
 * @param offset the number of bytes before it: of the message, or of the server's part of the handshake
 */
record Place(int connection, Kind kind, int message, int offset) {

    enum Kind {
        ACCEPT,
        HANDSHAKE,
        MESSAGE,
        CLOSE
    }

    boolean isIn(Kind other) {
        return kind == other;
    }
}

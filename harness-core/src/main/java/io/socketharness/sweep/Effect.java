package io.socketharness.sweep;

/** What a fault does at its place in the dialogue. */
public enum Effect {
    /** The server sends a FIN and reads on. With TLS, the FIN comes without a close_notify. Streams. */
    CLOSE("close"),
    /** The server sends a RST. The client may lose data that it has not read yet. TCP and TLS. */
    RESET("reset"),
    /** The server sends nothing more, and the connection stays open. Streams. */
    STALL("stall"),
    /** The server neither reads nor sends any more, and the connection stays open. Streams. */
    STOP_READING("stop-reading"),
    /** The server refuses this and every later connection. Streams. */
    REFUSE("refuse"),
    /** The server leaves this and every later connect without an answer. Streams, on Linux. */
    IGNORE("ignore"),
    /**
     * A message of the server arrives in pieces: byte by byte up to 64 bytes, otherwise cut after the first byte, in
     * the middle and before the last byte, with 20 ms between them. Streams.
     */
    SPLIT("split"),
    /** Two messages of the server arrive in one segment; with TLS, in one record. Streams. */
    COALESCE("coalesce"),
    /** The server reads a message of more than 64 KiB with a pause of 300 ms. Streams. */
    SLOW_READING("slow-reading"),
    /**
     * A message of the server, or its second half, arrives late: after the client has sent, connected or closed, or when
     * four fifths of the time limit are over.
     */
    DELAY("delay"),
    /** A datagram is lost. */
    DROP("drop"),
    /** A datagram arrives twice. */
    DUPLICATE("duplicate"),
    /** A datagram arrives after the next one of its direction. */
    SWAP("swap"),
    /** Only the first half of a datagram arrives. */
    TRUNCATE("truncate");

    private final String words;

    Effect(String words) {
        this.words = words;
    }

    /**
     * Returns whether all data arrives, so that a client must not fail.
     *
     * @return true for {@link #SPLIT}, {@link #COALESCE} and {@link #SLOW_READING}
     */
    public boolean isHarmless() {
        return this == SPLIT || this == COALESCE || this == SLOW_READING;
    }

    /** Returns the word for it, such as {@code stop-reading}. */
    @Override
    public String toString() {
        return words;
    }
}

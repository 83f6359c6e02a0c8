package io.socketharness.internal.recording;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes bytes to a socket without waiting. */
@FunctionalInterface
public interface IoWrite {
    /** Writes as much as the socket accepts now, and advances the buffer's position. */
    void write(ByteBuffer data) throws IOException;
}

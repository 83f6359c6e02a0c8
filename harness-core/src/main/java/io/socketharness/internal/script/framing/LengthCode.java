package io.socketharness.internal.script.framing;

import io.socketharness.script.Connection;

/** How a length is written. */
public interface LengthCode {

    /** Receives a length, and no more. */
    long receive(Connection connection);

    /** Writes a length; one that it cannot hold is an {@link IllegalArgumentException}. */
    byte[] write(long length);
}

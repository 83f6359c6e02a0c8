package io.socketharness.internal.script.framing;

import io.socketharness.script.Connection;

/** How a length is encoded. */
public interface LengthCode {

    /** Receives a length only. */
    long receive(Connection connection);

    /** Encodes a length; throws an {@link IllegalArgumentException} if it does not fit. */
    byte[] write(long length);
}

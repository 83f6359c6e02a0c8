package io.socketharness.internal.script.framing;

import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;

/** The size of a message that the client has announced. */
public final class MessageSize {

    private MessageSize() {}

    /** The size, unless the connection's limit forbids it. */
    public static int check(Connection connection, long size) {
        if (size > connection.messageLimit()) {
            throw new ExpectationFailed("the client announced a message of " + size + " bytes; up to "
                    + connection.messageLimit() + " are allowed, which messageLimit can set");
        }
        return (int) size;
    }
}

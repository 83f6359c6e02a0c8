package io.socketharness.internal.script.framing;

import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;

/** The announced size of a message. */
public final class MessageSize {

    private MessageSize() {}

    /** Returns the size, unless it exceeds the connection's limit. */
    public static int check(Connection connection, long size) {
        if (size > connection.messageLimit()) {
            throw new ExpectationFailed("the client announced a message of " + size + " bytes; up to "
                    + connection.messageLimit() + " are allowed, which messageLimit can set");
        }
        return (int) size;
    }
}

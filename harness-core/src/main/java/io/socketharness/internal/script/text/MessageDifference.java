package io.socketharness.internal.script.text;

import io.socketharness.internal.recording.Difference;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.util.BitSet;

/** The difference of a message that a step received. */
public final class MessageDifference {

    private MessageDifference() {}

    /** Where a datagram or a framing bounds the message, a wrong length is named. */
    public static Difference of(Bytes expected, BitSet unknown, Bytes received, Connection connection) {
        return connection.isDatagrams() || connection.framing().isPresent()
                ? Difference.ofMessages(expected, unknown, received)
                : Difference.of(expected, unknown, received);
    }
}

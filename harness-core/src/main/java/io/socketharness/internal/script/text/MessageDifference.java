package io.socketharness.internal.script.text;

import io.socketharness.internal.recording.Difference;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.util.BitSet;

/** The difference of a message that a step received. */
public final class MessageDifference {

    private static final String EMPTY_LINE = "(an empty line)";

    private MessageDifference() {}

    /** Where a datagram or a framing bounds the message, a wrong length is named. */
    public static Difference of(Bytes expected, BitSet unknown, Bytes received, Connection connection) {
        return connection.isDatagrams() || connection.framing().isPresent()
                ? Difference.ofMessages(expected, unknown, received)
                : Difference.of(expected, unknown, received);
    }

    /** The same for a line. On a stream, an empty line still has its end. */
    public static Difference ofLine(Bytes expected, Bytes received, Connection connection) {
        Difference difference = of(expected, new BitSet(), received, connection);
        String shown = expected.isEmpty() && !connection.isDatagrams() ? EMPTY_LINE : difference.expected();
        return ofLine(
                new Difference(shown, difference.received(), difference.mark(), difference.advice()),
                received,
                connection);
    }

    /** A difference of a line that is empty on a stream says so. */
    public static Difference ofLine(Difference difference, Bytes received, Connection connection) {
        return received.isEmpty() && !connection.isDatagrams()
                ? new Difference(difference.expected(), EMPTY_LINE, difference.mark(), difference.advice())
                : difference;
    }
}

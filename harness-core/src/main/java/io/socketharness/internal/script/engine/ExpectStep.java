package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.script.Connection;
import io.socketharness.script.Framing;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step that takes one message and holds it against what it expects. */
public interface ExpectStep extends Step {

    /** Receives the message, bounded as the step says. */
    byte[] take(Connection connection);

    /** What is wrong with the message, or null if it is as expected; keeps what it captures in the variables. */
    @Nullable
    Difference fault(byte[] message, Connection connection);

    /** Whether it takes any message. */
    default boolean takesAny() {
        return false;
    }

    /** Whether a script writes what it expects in hex. */
    default boolean isHex() {
        return false;
    }

    /** Whether it takes a number of bytes in place of a message. */
    default boolean takesCount() {
        return false;
    }

    /** What it waits for, in words; over datagrams, a line is one of them. */
    String wanted(boolean datagrams);

    /**
     * Receives the message of which those bytes are expected: a whole one where a framing bounds it, else no more than it
     * takes to tell that they differ.
     */
    static byte[] takeBytes(Connection connection, byte[] expected, BitSet unknown) {
        Optional<Framing> framing = connection.isDatagrams() ? Optional.empty() : connection.framing();
        return framing.isPresent()
                ? connection.receive(framing.get())
                : ScriptConnection.of(connection).input().upToDifference(new ExpectedBytes(expected, unknown));
    }

    @Override
    default Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    default Needs needs() {
        return Needs.INPUT;
    }

    @Override
    default void run(Connection connection) {
        Difference fault =
                connection.receive(wanted(connection.isDatagrams()), () -> fault(take(connection), connection));
        if (fault != null) {
            throw new Mismatch(fault);
        }
    }
}

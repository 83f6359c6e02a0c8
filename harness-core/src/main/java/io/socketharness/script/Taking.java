package io.socketharness.script;

import io.socketharness.recording.Difference;
import org.jspecify.annotations.Nullable;

/** A step that takes one message and holds it against what it expects. */
interface Taking extends Step {

    /** Receives the message, bounded as the step says. */
    byte[] take(Connection connection);

    /** What is wrong with the message, or null if it is as expected; keeps what it captures in the variables. */
    @Nullable
    Difference fault(byte[] message, Connection connection);

    /** What it waits for, in words; over datagrams, a line is one of them. */
    String wanted(boolean datagrams);

    @Override
    default Duty duty() {
        return Duty.EXPECTS;
    }

    @Override
    default Needs needs() {
        return Needs.INPUT;
    }

    @Override
    default void run(Connection connection) {
        Difference fault =
                connection.message(wanted(connection.input().isDatagrams()), () -> fault(take(connection), connection));
        if (fault != null) {
            throw new ExpectationFailed(fault);
        }
    }
}

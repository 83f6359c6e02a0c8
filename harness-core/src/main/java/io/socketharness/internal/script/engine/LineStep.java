package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.script.Connection;
import org.jspecify.annotations.Nullable;

/** A step that receives a line, whatever the framing is, and compares it with the expected one. */
public interface LineStep extends ExpectStep {

    @Override
    default byte[] take(Connection connection) {
        return connection.receiveLineBytes();
    }

    @Override
    default @Nullable Difference faultOfReceived(byte[] line, Connection connection) {
        WrongEnd end = WrongEnd.of(connection);
        return end == null ? fault(line, connection) : fault(line, end, connection);
    }

    /** The difference between a line with a wrong end and the expected line. Stores nothing. */
    Difference fault(byte[] line, WrongEnd end, Connection connection);

    @Override
    default boolean takesLine() {
        return true;
    }
}

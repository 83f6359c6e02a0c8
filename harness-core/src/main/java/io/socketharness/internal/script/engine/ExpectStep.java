package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.script.Connection;
import io.socketharness.script.Framing;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A step that receives one message and compares it with the expected one. */
public interface ExpectStep extends Step {

    /** Receives the message, delimited as the step says. */
    byte[] take(Connection connection);

    /** The difference between the message and the expected one, or null. Stores captured values in the variables. */
    @Nullable
    Difference fault(byte[] message, Connection connection);

    /** The same for a message that {@link #take} has just received, so that the end of a line is known. */
    default @Nullable Difference faultOfReceived(byte[] message, Connection connection) {
        return fault(message, connection);
    }

    /** The step with the values of its computed variables: each is computed once for each run. */
    default ExpectStep computed(Connection connection) {
        return this;
    }

    /** Whether it matches any message. */
    default boolean takesAny() {
        return false;
    }

    /** Whether the step is written in hex. */
    default boolean isHex() {
        return false;
    }

    /** Whether it receives a number of bytes instead of a message. */
    default boolean takesCount() {
        return false;
    }

    /** Whether it receives a line, whatever the framing is. */
    default boolean takesLine() {
        return false;
    }

    /**
     * The bytes that it expects, of a line without its end; empty if they depend on a regular expression or on code, or
     * some of them are unknown.
     */
    default Optional<byte[]> literal(Connection connection) {
        return Optional.empty();
    }

    /** The size of the expected message, if it is not a line and does not depend on what the client sends. */
    default OptionalInt size(Connection connection) {
        Optional<byte[]> literal = literal(connection);
        return literal.isPresent() ? OptionalInt.of(literal.get().length) : OptionalInt.empty();
    }

    /** The expected message, in words. Over datagrams, a line is one datagram. */
    String wanted(boolean datagrams);

    /**
     * Receives the message to compare with {@code expected}: with a framing the whole message, otherwise no more bytes
     * than are needed to find a difference.
     */
    static byte[] takeBytes(Connection connection, byte[] expected, BitSet unknown) {
        Optional<Framing> framing = connection.isDatagrams() ? Optional.empty() : connection.framing();
        return framing.isPresent()
                ? connection.receive(framing.get())
                : ScriptConnection.of(connection)
                        .conversation()
                        .reader()
                        .upToDifference(new ExpectedBytes(expected, unknown));
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
        ExpectStep step = computed(connection);
        Mismatch mismatch = connection.receive(step.wanted(connection.isDatagrams()), () -> {
            byte[] message = step.take(connection);
            Difference fault = step.faultOfReceived(message, connection);
            return fault == null ? null : new Mismatch(fault, SkippedMessage.advice(this, message, connection));
        });
        if (mismatch != null) {
            throw mismatch;
        }
    }
}

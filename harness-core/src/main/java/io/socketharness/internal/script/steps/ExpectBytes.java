package io.socketharness.internal.script.steps;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.script.engine.ExpectStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.text.BytePattern;
import io.socketharness.internal.script.text.BytePattern.Resolved;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Expects these bytes: with a framing as a message, otherwise as the next bytes. */
public record ExpectBytes(BytePattern pattern) implements ExpectStep {

    @Override
    public byte[] take(Connection connection) {
        if (!isMessage(connection) && pattern.hasRest()) {
            throw new UnsupportedOperationException(
                    "[*] matches the rest of a message, and on a stream only framing says where a message ends; put"
                            + " @frame before it, or use [2] for two bytes");
        }
        Resolved expected = pattern.resolve(connection, 0);
        return ExpectStep.takeBytes(connection, expected.bytes().toByteArray(), expected.unknown());
    }

    private static boolean isMessage(Connection connection) {
        return connection.framing().isPresent() || connection.isDatagrams();
    }

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        return pattern.fault(message, connection);
    }

    @Override
    public ExpectStep computed(Connection connection) {
        return pattern.isComputed() ? new ExpectBytes(pattern.map(known -> known.computed(connection))) : this;
    }

    @Override
    public Needs needs() {
        return pattern.isComputed() ? Needs.THREAD : Needs.INPUT;
    }

    @Override
    public boolean isHex() {
        return true;
    }

    @Override
    public Optional<byte[]> literal(Connection connection) {
        return pattern.isComputed() || pattern.hasPlaces()
                ? Optional.empty()
                : Optional.of(pattern.resolve(connection, 0).bytes().toByteArray());
    }

    @Override
    public OptionalInt size(Connection connection) {
        return pattern.isComputed() || pattern.hasRest()
                ? OptionalInt.empty()
                : OptionalInt.of(pattern.resolve(connection, 0).bytes().size());
    }

    @Override
    public String wanted(boolean datagrams) {
        return pattern.size().isPresent() ? pattern.size().getAsInt() + " bytes" : "the bytes " + pattern.toHex();
    }

    @Override
    public List<String> refersTo() {
        return pattern.variables();
    }

    @Override
    public List<String> sets() {
        return pattern.names();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("C!", pattern.toHex());
    }
}

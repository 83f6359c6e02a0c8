package io.socketharness.internal.script.steps;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.script.engine.ExpectStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.text.MessageDifference;
import io.socketharness.internal.script.text.Template;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Expects exactly this text: with a framing as a message, otherwise as the next bytes. */
public record ExpectText(Template text) implements ExpectStep {

    @Override
    public byte[] take(Connection connection) {
        return ExpectStep.takeBytes(connection, text.bytes(connection), new BitSet());
    }

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        byte[] expected = text.bytes(connection);
        return Arrays.equals(message, expected)
                ? null
                : MessageDifference.of(Bytes.of(expected), new BitSet(), Bytes.of(message), connection);
    }

    @Override
    public ExpectStep computed(Connection connection) {
        return text.isComputed() ? new ExpectText(text.computed(connection)) : this;
    }

    @Override
    public Needs needs() {
        return text.isComputed() ? Needs.THREAD : Needs.INPUT;
    }

    @Override
    public Optional<byte[]> literal(Connection connection) {
        return text.isComputed() ? Optional.empty() : Optional.of(text.bytes(connection));
    }

    @Override
    public String wanted(boolean datagrams) {
        return "\"" + text.toEscaped() + "\"";
    }

    @Override
    public List<String> refersTo() {
        return text.variables();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("C<", text.toEscaped());
    }
}

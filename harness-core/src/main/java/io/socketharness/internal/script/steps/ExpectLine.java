package io.socketharness.internal.script.steps;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.script.engine.ExpectStep;
import io.socketharness.internal.script.engine.LineStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.engine.WrongEnd;
import io.socketharness.internal.script.text.MessageDifference;
import io.socketharness.internal.script.text.Template;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Expects exactly this line; on datagrams, exactly this datagram. */
public record ExpectLine(Template text) implements LineStep {

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        byte[] expected = text.bytes(connection);
        return Arrays.equals(message, expected)
                ? null
                : MessageDifference.ofLine(Bytes.of(expected), Bytes.of(message), connection);
    }

    @Override
    public Difference fault(byte[] line, WrongEnd end, Connection connection) {
        Difference difference = Difference.of(end.required(text.bytes(connection)), end.received(line));
        return new Difference(difference.expected(), difference.received(), difference.mark(), end.advice());
    }

    @Override
    public ExpectStep computed(Connection connection) {
        return text.isComputed() ? new ExpectLine(text.computed(connection)) : this;
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
        return (datagrams ? "the datagram \"" : "the line \"") + text.toLine() + "\"";
    }

    @Override
    public List<String> refersTo() {
        return text.variables();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("C:", text.toLine());
    }
}

package io.socketharness.script;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Difference;
import io.socketharness.script.BytePattern.Resolved;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expects exactly this text: as a message of the current framing, else as the next bytes. */
record ExpectText(Template text) implements Taking {

    @Override
    public byte[] take(Connection connection) {
        return ExpectBytes.take(connection, new Resolved(Bytes.of(text.bytes(connection)), new BitSet()));
    }

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        byte[] expected = text.bytes(connection);
        return Arrays.equals(message, expected) ? null : Difference.of(Bytes.of(expected), Bytes.of(message));
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

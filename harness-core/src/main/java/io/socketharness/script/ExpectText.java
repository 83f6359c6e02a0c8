package io.socketharness.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expects exactly this text: as a message of the current framing, else as the next bytes. */
record ExpectText(Template text) implements Taking {

    @Override
    public byte[] take(Connection connection) {
        return ExpectBytes.take(connection, text.bytes(connection));
    }

    @Override
    public @Nullable String fault(byte[] message, Connection connection) {
        return ExpectBytes.fault(message, text.bytes(connection));
    }

    @Override
    public String wanted() {
        return "\"" + text.toEscaped() + "\"";
    }

    @Override
    public List<String> lines() {
        return TextForm.line("C<", text.toEscaped());
    }
}

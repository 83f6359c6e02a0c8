package io.socketharness.script;

import io.socketharness.recording.Difference;
import io.socketharness.script.BytePattern.Resolved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expects these bytes: as a message of the current framing, else as the next bytes. */
record ExpectBytes(BytePattern pattern) implements Taking {

    @Override
    public byte[] take(Connection connection) {
        if (!isMessage(connection) && pattern.hasRest()) {
            throw new UnsupportedOperationException(
                    "[*] takes what is left of a message, and where one ends on a stream"
                            + " is a matter of framing; an @frame before it, or [2] for two bytes, is needed");
        }
        return take(connection, pattern.resolve(connection, 0));
    }

    /** What a message of those bytes is, so far as that can be told without waiting for more than differs. */
    static byte[] take(Connection connection, Resolved expected) {
        Framing framing = connection.settings().framing();
        return framing == null || connection.input().isDatagrams()
                ? connection.input().upToDifference(expected.bytes().toByteArray(), expected.unknown())
                : connection.receive(framing);
    }

    private static boolean isMessage(Connection connection) {
        return connection.settings().framing() != null || connection.input().isDatagrams();
    }

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        return pattern.fault(message, connection);
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

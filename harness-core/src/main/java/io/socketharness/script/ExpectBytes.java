package io.socketharness.script;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Difference;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expects exactly these bytes: as a message of the current framing, else as the next bytes. */
record ExpectBytes(Bytes bytes) implements Taking {

    @Override
    public byte[] take(Connection connection) {
        return take(connection, bytes.toByteArray());
    }

    @Override
    public @Nullable String fault(byte[] message, Connection connection) {
        return fault(message, bytes.toByteArray());
    }

    static byte[] take(Connection connection, byte[] expected) {
        Framing framing = connection.settings().framing();
        return framing == null || connection.input().isDatagrams()
                ? connection.input().upToDifference(expected)
                : connection.receive(framing);
    }

    static @Nullable String fault(byte[] message, byte[] expected) {
        return Arrays.equals(message, expected) ? null : Difference.describe(Bytes.of(expected), Bytes.of(message));
    }

    @Override
    public String wanted() {
        return bytes.size() + " bytes";
    }

    @Override
    public List<String> lines() {
        return TextForm.line("C!", bytes.hex());
    }
}

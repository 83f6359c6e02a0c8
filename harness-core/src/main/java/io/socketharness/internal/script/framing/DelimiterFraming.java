package io.socketharness.internal.script.framing;

import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.Framing;
import java.util.Arrays;

/** A delimiter after each message. */
public record DelimiterFraming(Bytes delimiter) implements Framing {

    public DelimiterFraming(byte... delimiter) {
        this(Bytes.of(delimiter));
    }

    public DelimiterFraming {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("the delimiter is empty; at least one byte is needed");
        }
    }

    @Override
    public byte[] receive(Connection connection) {
        return connection.receiveUntil(delimiter.toByteArray());
    }

    @Override
    public byte[] frame(byte[] message) {
        byte[] framed = Arrays.copyOf(message, message.length + delimiter.size());
        System.arraycopy(delimiter.toByteArray(), 0, framed, message.length, delimiter.size());
        return framed;
    }

    @Override
    public String toString() {
        return "until " + TextForm.escapedBytes(delimiter);
    }
}

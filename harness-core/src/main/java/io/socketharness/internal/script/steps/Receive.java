package io.socketharness.internal.script.steps;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.script.engine.ExpectStep;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Receives the next message, or a number of bytes, and stores it in a variable unless the name is empty.
 *
 * @param source the reference to the variable that the number comes from, for messages; empty if there is none
 */
public record Receive(OptionalInt count, String name, String source) implements ExpectStep {

    public Receive(OptionalInt count, String name) {
        this(count, name, "");
    }

    @Override
    public byte[] take(Connection connection) {
        return count.isPresent() ? connection.receive(count.getAsInt()) : connection.receiveMessage();
    }

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        if (!name.isEmpty()) {
            connection.variables().put(name, Bytes.of(message));
        }
        return null;
    }

    @Override
    public boolean takesAny() {
        return true;
    }

    @Override
    public boolean takesCount() {
        return count.isPresent();
    }

    @Override
    public String wanted(boolean datagrams) {
        return count.isPresent()
                ? count.getAsInt() + " bytes" + (source.isEmpty() ? "" : " (the value of " + source + ")")
                : "a message";
    }

    @Override
    public List<String> sets() {
        return name.isEmpty() ? List.of() : List.of(name);
    }

    @Override
    public List<String> lines() {
        String number = count.isPresent() ? " " + count.getAsInt() : "";
        return List.of("@receive" + number + (name.isEmpty() ? "" : " " + name));
    }
}

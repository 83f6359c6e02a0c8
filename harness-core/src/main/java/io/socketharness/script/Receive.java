package io.socketharness.script;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Difference;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Takes the next message, or so many bytes, whatever they are, and keeps them under a name unless that is empty. */
record Receive(OptionalInt count, String name) implements Taking {

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
    public String wanted(boolean datagrams) {
        return count.isPresent() ? count.getAsInt() + " bytes" : "a message";
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

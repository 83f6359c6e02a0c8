package io.socketharness.script;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes how the steps after it speak, to the end of the block. */
record Setting(String line, boolean needsStream, UnaryOperator<Settings> change) implements Step {

    @Override
    public void run(Connection connection) {
        connection.settings(change.apply(connection.settings()));
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Duty duty() {
        return Duty.NONE;
    }

    @Override
    public Optional<String> streamOnly() {
        return needsStream ? Optional.of("each datagram is a message already") : Optional.empty();
    }

    @Override
    public List<String> lines() {
        return List.of(line);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Setting that && line.equals(that.line);
    }

    @Override
    public int hashCode() {
        return line.hashCode();
    }
}

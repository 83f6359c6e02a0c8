package io.socketharness.internal.script.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes the settings for the steps after it, until the end of the block. */
public record Setting(String line, boolean needsStream, UnaryOperator<Settings> change) implements SettingStep {

    @Override
    public Settings after(Settings before) {
        return change.apply(before);
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

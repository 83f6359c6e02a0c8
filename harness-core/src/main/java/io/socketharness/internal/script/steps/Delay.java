package io.socketharness.internal.script.steps;

import io.socketharness.internal.Durations;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.time.Duration;
import java.util.List;

/** Waits for a while and drains input. */
public record Delay(Duration duration) implements Step {

    public Delay {
        Durations.requireNotNegative("the delay", duration);
    }

    @Override
    public void run(Connection connection) {
        connection.pause(duration);
    }

    @Override
    public Obligation obligation() {
        return Obligation.NONE;
    }

    @Override
    public boolean isPause() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@delay " + Durations.format(duration));
    }
}

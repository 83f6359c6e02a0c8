package io.socketharness.script;

import java.time.Duration;
import java.util.List;

/** Does nothing for a while; what comes meanwhile is taken in. */
record Delay(Duration duration) implements Step {

    Delay {
        Durations.requireNotNegative("the delay", duration);
    }

    @Override
    public void run(Connection connection) {
        connection.pause(duration);
    }

    @Override
    public Duty duty() {
        return Duty.NONE;
    }

    @Override
    public List<String> lines() {
        return List.of("@delay " + Durations.format(duration));
    }
}

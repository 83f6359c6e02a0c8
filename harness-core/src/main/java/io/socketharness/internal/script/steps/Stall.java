package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.util.List;

/** Sends nothing more until the client closes. Input is recorded up to 1 MiB, and then not read any more. */
public record Stall() implements Step {

    @Override
    public void run(Connection connection) {
        connection.stall();
    }

    @Override
    public Obligation obligation() {
        return Obligation.NONE;
    }

    @Override
    public boolean dropsInput() {
        return true;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@stall");
    }
}

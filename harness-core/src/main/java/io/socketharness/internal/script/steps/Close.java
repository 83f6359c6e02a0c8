package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.util.List;

/** Closes the connection; later input is not unexpected. */
public record Close() implements Step {

    @Override
    public void run(Connection connection) {
        connection.close();
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
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
        return List.of("@close");
    }
}

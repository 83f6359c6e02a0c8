package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.Optional;

/** Continues from a separate port. */
public record NewPort() implements Step {

    @Override
    public void run(Connection connection) {
        connection.moveToNewPort();
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
    public Optional<String> udpOnly() {
        return Optional.of("over other transports the address of a conversation cannot change");
    }

    @Override
    public List<String> lines() {
        return List.of("@new-port");
    }
}

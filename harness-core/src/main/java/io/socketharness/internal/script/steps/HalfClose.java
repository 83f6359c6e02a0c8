package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.Optional;

/** Sends a FIN and continues to read. */
public record HalfClose() implements Step {

    @Override
    public void run(Connection connection) {
        connection.halfClose();
    }

    @Override
    public Obligation obligation() {
        return Obligation.NONE;
    }

    @Override
    public Optional<String> streamOnly() {
        return Optional.of("datagrams have no connection to half-close");
    }

    @Override
    public List<String> lines() {
        return List.of("@half-close");
    }
}

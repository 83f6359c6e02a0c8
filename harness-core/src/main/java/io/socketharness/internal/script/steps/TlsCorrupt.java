package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.Optional;

/** Flips a bit of the next record. */
public record TlsCorrupt() implements Step {

    @Override
    public void run(Connection connection) {
        connection.tls().corruptNextRecord();
    }

    @Override
    public Obligation obligation() {
        return Obligation.NONE;
    }

    @Override
    public Optional<String> streamOnly() {
        return Optional.of("TLS is for streams");
    }

    @Override
    public List<String> lines() {
        return List.of("@tls-corrupt");
    }
}

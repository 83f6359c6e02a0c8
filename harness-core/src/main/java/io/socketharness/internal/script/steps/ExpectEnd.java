package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.util.List;
import java.util.Optional;

/** Expects the FIN of the client, with no data before it. */
public record ExpectEnd() implements Step {

    @Override
    public void run(Connection connection) {
        byte[] more = connection.receive(
                "the end of the client's input",
                () -> connection.atEnd() ? connection.receiveToEnd() : connection.receiveAvailable());
        if (more.length > 0) {
            throw new ExpectationFailed("expected the end of the client's input, received " + Bytes.of(more));
        }
    }

    @Override
    public boolean expectsEnd() {
        return true;
    }

    @Override
    public Needs needs() {
        return Needs.INPUT;
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public Optional<String> streamOnly() {
        return Optional.of("datagrams have no connection that a client closes");
    }

    @Override
    public List<String> lines() {
        return List.of("@expect-end");
    }
}

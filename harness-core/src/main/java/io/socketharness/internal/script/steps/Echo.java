package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.LoopStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Round;
import io.socketharness.script.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends back all input, until the client closes (RFC 862); on datagrams, each datagram. */
public record Echo() implements LoopStep {

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        if (connection.atEnd()) {
            return null;
        }
        connection.send(connection.receiveAvailable());
        return Round.DONE;
    }

    @Override
    public Needs needs() {
        return Needs.INPUT;
    }

    @Override
    public Obligation obligation() {
        return Obligation.TAKES;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@echo");
    }
}

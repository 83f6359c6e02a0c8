package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.Optional;

/** Closes the connection, at once or after late input was read; later input is not unexpected. */
public record Close(boolean now) implements Step {

    @Override
    public void run(Connection connection) {
        if (now) {
            connection.closeNow();
        } else {
            connection.close();
        }
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
    public Optional<String> streamOnly() {
        return now ? Optional.of("datagrams have no connection to close at once; use @close") : Optional.empty();
    }

    @Override
    public List<String> lines() {
        return List.of(now ? "@close now" : "@close");
    }
}

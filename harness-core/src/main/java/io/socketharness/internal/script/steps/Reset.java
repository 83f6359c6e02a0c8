package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.Optional;

/** Sends a RST; later input is not unexpected. */
public record Reset() implements Step {

    @Override
    public void run(Connection connection) {
        connection.reset();
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
        return Optional.of("datagrams have no connection to reset");
    }

    @Override
    public Optional<String> tcpOnly() {
        return Optional.of("Unix sockets have no RST; use @close");
    }

    @Override
    public List<String> lines() {
        return List.of("@reset");
    }
}

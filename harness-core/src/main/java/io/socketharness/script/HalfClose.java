package io.socketharness.script;

import java.util.List;
import java.util.Optional;

/** Sends a FIN and reads on. */
record HalfClose() implements Step {

    @Override
    public void run(Connection connection) {
        connection.closeOutput();
    }

    @Override
    public Duty duty() {
        return Duty.NONE;
    }

    @Override
    public Optional<String> streamOnly() {
        return Optional.of("datagrams have no connection that could be closed in part");
    }

    @Override
    public List<String> lines() {
        return List.of("@half-close");
    }
}

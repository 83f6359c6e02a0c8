package io.socketharness.script;

import java.util.List;
import java.util.Optional;

/** Goes on from a port of its own. */
record NewPort() implements Step {

    @Override
    public void run(Connection connection) {
        connection.moveToNewPort();
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Duty duty() {
        return Duty.NONE;
    }

    @Override
    public Optional<String> udpOnly() {
        return Optional.of("elsewhere the address of a conversation stays what it is");
    }

    @Override
    public List<String> lines() {
        return List.of("@new-port");
    }
}

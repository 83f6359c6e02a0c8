package io.socketharness.script;

import java.util.List;
import java.util.Optional;

/** Flips a bit of the next record that is sent. */
record TlsCorrupt() implements Step {

    @Override
    public void run(Connection connection) {
        connection.conversation().wire().tls().corruptNext();
        connection.conversation().requireHello();
    }

    @Override
    public Duty duty() {
        return Duty.NONE;
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

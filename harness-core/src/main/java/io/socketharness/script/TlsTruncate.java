package io.socketharness.script;

import java.util.List;
import java.util.Optional;

/** Ends the server's side without the close_notify that TLS asks for: a FIN alone. */
record TlsTruncate() implements Step {

    @Override
    public void run(Connection connection) {
        connection.conversation().wire().tls().truncate();
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
        return List.of("@tls-truncate");
    }
}

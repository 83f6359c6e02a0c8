package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.TlsStep;
import io.socketharness.script.Connection;
import java.util.List;

/** Waits for the client's hello and leaves it unanswered. Later sends are unencrypted. */
public record TlsHello() implements TlsStep {

    @Override
    public void run(Connection connection) {
        connection.tls().awaitHello();
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@tls-hello");
    }
}

package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.TlsStep;
import io.socketharness.script.Connection;
import java.util.List;

/** Establishes TLS. If tolerant, drops unencrypted data before the client's hello. */
public record StartTls(boolean tolerant) implements TlsStep {

    @Override
    public void run(Connection connection) {
        if (tolerant) {
            connection.tls().startTolerant();
        } else {
            connection.startTls();
        }
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of(tolerant ? "@starttls tolerant" : "@starttls");
    }
}

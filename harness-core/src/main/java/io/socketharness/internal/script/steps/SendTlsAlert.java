package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.TlsStep;
import io.socketharness.script.Connection;
import io.socketharness.tls.TlsAlert;
import java.util.List;

/** Refuses the handshake: waits for the client's hello if necessary, and answers it with a fatal alert. */
public record SendTlsAlert(TlsAlert alert) implements TlsStep {

    @Override
    public void run(Connection connection) {
        connection.tls().sendAlert(alert);
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@tls-alert " + alert);
    }
}

package io.socketharness.script;

import io.socketharness.tls.TlsAlert;
import java.util.List;

/** Refuses the handshake: takes the client's hello, unless that was done, and answers it with a fatal alert. */
record SendTlsAlert(TlsAlert alert) implements TlsStep {

    @Override
    public void run(Connection connection) {
        connection.sendTlsAlert(alert);
    }

    @Override
    public Duty duty() {
        return Duty.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@tls-alert " + alert);
    }
}

package io.socketharness.script;

import java.util.List;

/** Establishes TLS; tolerant ones drop what the client sends in clear before its hello. */
record StartTls(boolean tolerant) implements TlsStep {

    @Override
    public void run(Connection connection) {
        connection.startTls(tolerant);
    }

    @Override
    public Duty duty() {
        return Duty.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of(tolerant ? "@starttls tolerant" : "@starttls");
    }
}

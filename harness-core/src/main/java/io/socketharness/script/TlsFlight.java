package io.socketharness.script;

import java.util.List;

/** Sends the first bytes of the server's part of the handshake, and keeps back the rest. */
record TlsFlight(int bytes) implements TlsStep {

    TlsFlight {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "a flight of " + bytes + " bytes; 1 or more are allowed, and @tls-hello sends none");
        }
    }

    @Override
    public void run(Connection connection) {
        connection.sendTlsFlight(bytes);
    }

    @Override
    public Duty duty() {
        return Duty.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@tls-flight " + bytes);
    }
}

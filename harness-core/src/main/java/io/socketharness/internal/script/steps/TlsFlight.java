package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.TlsStep;
import io.socketharness.script.Connection;
import java.util.List;

/** Sends the first bytes of the server's part of the handshake, and withholds the rest. */
public record TlsFlight(int bytes) implements TlsStep {

    public TlsFlight {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "a flight of " + bytes + " bytes; 1 or more are allowed, and @tls-hello sends none");
        }
    }

    @Override
    public void run(Connection connection) {
        connection.tls().sendFlight(bytes);
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@tls-flight " + bytes);
    }
}

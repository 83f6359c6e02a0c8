package io.socketharness.script;

import java.util.List;

/** Takes the client's hello and leaves it unanswered; what is sent next goes out in clear. */
record TlsHello() implements TlsStep {

    @Override
    public void run(Connection connection) {
        connection.awaitTlsHello();
    }

    @Override
    public Duty duty() {
        return Duty.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@tls-hello");
    }
}

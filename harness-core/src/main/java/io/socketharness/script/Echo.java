package io.socketharness.script;

import java.util.List;

/** Sends back what comes, until the client closes (RFC 862); on datagrams, each datagram. */
record Echo() implements Step {

    @Override
    public void run(Connection connection) {
        while (!connection.atEnd()) {
            connection.send(connection.receiveSome());
        }
    }

    @Override
    public Duty duty() {
        return Duty.TAKES;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@echo");
    }
}

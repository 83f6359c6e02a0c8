package io.socketharness.script;

import java.util.List;

/** Takes what comes and answers nothing, until the client closes (RFC 863). */
record Discard() implements Step {

    @Override
    public void run(Connection connection) {
        while (!connection.atEnd()) {
            byte[] unused = connection.receiveSome();
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
        return List.of("@discard");
    }
}

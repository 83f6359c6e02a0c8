package io.socketharness.script;

import java.util.List;

/** Closes the connection; what comes afterwards is not unexpected. */
record Close() implements Step {

    @Override
    public void run(Connection connection) {
        connection.close();
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Duty duty() {
        return Duty.NONE;
    }

    @Override
    public boolean dropsInput() {
        return true;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@close");
    }
}

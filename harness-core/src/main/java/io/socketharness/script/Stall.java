package io.socketharness.script;

import java.util.List;

/** Says nothing any more, until the client closes; what comes is recorded, up to 1 MiB, then no longer read. */
record Stall() implements Step {

    @Override
    public void run(Connection connection) {
        connection.input().ignoreUntilEnd();
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
        return List.of("@stall");
    }
}

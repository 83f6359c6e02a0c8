package io.socketharness.script;

import io.socketharness.recording.Bytes;
import java.util.List;

/** Sends a file of the class path, in the current framing. */
record SendResource(String name, Bytes content) implements Step {

    @Override
    public void run(Connection connection) {
        connection.sendMessage(content.toByteArray());
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Duty duty() {
        return Duty.SENDS;
    }

    @Override
    public List<String> lines() {
        return List.of("@send " + name);
    }
}

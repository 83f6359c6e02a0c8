package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.util.List;

/** Sends a file from the class path, in the current framing. */
public record SendResource(String name, Bytes content) implements Step {

    @Override
    public void run(Connection connection) {
        connection.sendMessage(content.toByteArray());
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Obligation obligation() {
        return Obligation.SENDS;
    }

    @Override
    public List<String> lines() {
        return List.of("@send " + name);
    }
}

package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.text.Template;
import io.socketharness.script.Connection;
import java.util.List;

/** Sends a message to every open connection of the server, in the framing of each. */
public record BroadcastMessage(Template bytes) implements Step {

    @Override
    public void run(Connection connection) {
        connection.broadcastMessage(bytes.bytes(connection));
    }

    @Override
    public Obligation obligation() {
        return Obligation.SENDS;
    }

    @Override
    public List<String> refersTo() {
        return bytes.variables();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("@broadcast-hex", bytes.toHex());
    }
}

package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.text.Template;
import io.socketharness.script.Connection;
import java.util.List;

/** Sends a line to every open connection of the server; on datagrams, a datagram to every source. */
public record Broadcast(Template text) implements Step {

    @Override
    public void run(Connection connection) {
        connection.broadcast(SendLine.line(text, connection));
    }

    @Override
    public Obligation obligation() {
        return Obligation.SENDS;
    }

    @Override
    public List<String> refersTo() {
        return text.variables();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("@broadcast", text.toLine());
    }
}

package io.socketharness.script;

import java.util.List;

/** Sends a line to every open connection of the server; on datagrams, a datagram to every source. */
record Broadcast(Template text) implements Step {

    @Override
    public void run(Connection connection) {
        connection.broadcast(SendLine.line(text, connection));
    }

    @Override
    public Duty duty() {
        return Duty.SENDS;
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

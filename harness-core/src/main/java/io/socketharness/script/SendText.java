package io.socketharness.script;

import java.util.List;

/** Sends text as it is, in the current framing. */
record SendText(Template text) implements Step {

    @Override
    public void run(Connection connection) {
        connection.sendMessage(text.bytes(connection));
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
    public List<String> refersTo() {
        return text.variables();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("S<", text.toEscaped());
    }
}

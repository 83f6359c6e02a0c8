package io.socketharness.script;

import java.util.List;

/** Sends bytes, in the current framing. */
record SendBytes(Template bytes) implements Step {

    @Override
    public void run(Connection connection) {
        connection.sendMessage(bytes.bytes(connection));
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
        return bytes.variables();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("S!", bytes.toHex());
    }
}

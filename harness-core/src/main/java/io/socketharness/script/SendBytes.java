package io.socketharness.script;

import io.socketharness.recording.Bytes;
import java.util.List;

/** Sends bytes, in the current framing. */
record SendBytes(Bytes bytes) implements Step {

    @Override
    public void run(Connection connection) {
        connection.sendMessage(bytes.toByteArray());
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
        return TextForm.line("S!", bytes.hex());
    }
}

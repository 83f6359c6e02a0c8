package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.text.Template;
import io.socketharness.script.Connection;
import java.util.List;

/** Sends bytes, in the current framing. */
public record SendBytes(Template bytes) implements Step {

    @Override
    public void run(Connection connection) {
        connection.sendMessage(bytes.bytes(connection));
    }

    @Override
    public Needs needs() {
        return bytes.isComputed() ? Needs.THREAD : Needs.NOTHING;
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
        return TextForm.line("S!", bytes.toHex());
    }
}

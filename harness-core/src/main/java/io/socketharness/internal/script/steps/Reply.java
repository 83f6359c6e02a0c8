package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Receives a message and sends a function's answer to it, in the same framing. */
public record Reply(UnaryOperator<String> function) implements Step {

    @Override
    public void run(Connection connection) {
        String message = new String(connection.receiveMessage(), connection.charset());
        String reply = function.apply(message);
        if (connection.framing().isEmpty()) {
            connection.sendLine(reply);
        } else {
            connection.sendMessage(reply.getBytes(connection.charset()));
        }
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@code reply with " + TextForm.name(function));
    }
}

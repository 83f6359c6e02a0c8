package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.script.Connection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Receives a message and sends a function's answer to its bytes, in the same framing. */
public record ReplyBytes(UnaryOperator<byte[]> function) implements Step {

    @Override
    public void run(Connection connection) {
        byte[] reply = Reply.requireReply(function.apply(connection.receiveMessage()));
        if (connection.framing().isEmpty()) {
            connection.send(SendLine.line(reply, connection));
        } else {
            connection.sendMessage(reply);
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

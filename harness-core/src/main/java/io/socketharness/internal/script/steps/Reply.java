package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Receives a message and sends a function's answer to it, in the same framing. */
public record Reply(UnaryOperator<String> function) implements Step {

    @Override
    public void run(Connection connection) {
        Charset charset = connection.charset();
        String reply = requireReply(function.apply(new String(connection.receiveMessage(), charset)));
        if (connection.framing().isEmpty()) {
            connection.sendLine(reply);
        } else {
            connection.sendMessage(reply.getBytes(charset));
        }
    }

    static <T> T requireReply(@Nullable T reply) {
        if (reply == null) {
            throw new ExpectationFailed(
                    "the function of the reply returned null; it must return a reply, which may be" + " empty");
        }
        return reply;
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

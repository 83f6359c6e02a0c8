package io.socketharness.script;

import java.util.List;
import java.util.function.UnaryOperator;

/** Takes a message and sends what a function makes of it, in the same framing. */
record Reply(UnaryOperator<String> function) implements Step {

    @Override
    public void run(Connection connection) {
        String message = new String(connection.receiveMessage(), connection.charset());
        String reply = function.apply(message);
        if (connection.settings().framing() == null) {
            connection.sendLine(reply);
        } else {
            connection.sendMessage(reply.getBytes(connection.charset()));
        }
    }

    @Override
    public Duty duty() {
        return Duty.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of("@code reply with " + TextForm.name(function));
    }
}

package io.socketharness.script;

import java.util.List;

/** Runs a block if the next message is the one it begins with; else leaves the message to the next step. */
record Maybe(Script body) implements Step {

    Maybe {
        Taking unused = Blocks.firstTaking("maybe", body);
    }

    @Override
    public void run(Connection connection) throws Exception {
        Taking first = Blocks.firstTaking("maybe", body);
        if (connection.attempt(first.wanted(), () -> comes(first, connection))) {
            body.runRest(connection);
        }
    }

    private static boolean comes(Taking first, Connection connection) {
        try {
            return first.fault(first.take(connection), connection) == null;
        } catch (EndOfInput end) {
            return false;
        }
    }

    @Override
    public Duty duty() {
        return Duty.TAKES;
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@maybe", body);
    }
}

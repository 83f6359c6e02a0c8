package io.socketharness.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what comes and answers nothing, until the client closes (RFC 863). */
record Discard() implements Rounds {

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        if (connection.atEnd()) {
            return null;
        }
        byte[] unused = connection.receiveSome();
        return Round.DONE;
    }

    @Override
    public Needs needs() {
        return Needs.INPUT;
    }

    @Override
    public Duty duty() {
        return Duty.TAKES;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@discard");
    }
}

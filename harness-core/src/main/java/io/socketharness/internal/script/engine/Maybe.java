package io.socketharness.internal.script.engine;

import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a block if the next message matches its first step; otherwise leaves the message to the next step. */
public record Maybe(Script body) implements LoopStep {

    public Maybe {
        Blocks.firstTaking("maybe", body);
    }

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        return last == null && comes(connection) ? Round.rest(body) : null;
    }

    private boolean comes(Connection connection) {
        ExpectStep first = first().computed(connection);
        return ScriptConnection.of(connection)
                .attempt(first.wanted(connection.isDatagrams()), () -> comes(first, connection));
    }

    private ExpectStep first() {
        return Blocks.firstTaking("maybe", body);
    }

    private static boolean comes(ExpectStep first, Connection connection) {
        try {
            return first.faultOfReceived(first.take(connection), connection) == null;
        } catch (EndOfInput end) {
            return false;
        }
    }

    @Override
    public boolean mayContinue(Round round) {
        return false;
    }

    @Override
    public Needs needs() {
        return first().needs();
    }

    /** After its round it receives no message. */
    @Override
    public Needs needs(@Nullable Round last) {
        return last == null ? needs() : Needs.NOTHING;
    }

    @Override
    public Obligation obligation() {
        return Obligation.TAKES;
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

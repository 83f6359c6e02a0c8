package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a block until the client closes at the beginning of a round. */
public record Forever(Script body) implements LoopStep {

    public Forever {
        Blocks.requireSteps("forever", body);
        if (body.steps().stream().allMatch(s -> s instanceof Setting || s instanceof Every)) {
            throw new IllegalArgumentException(
                    "forever contains only settings; a step that sends, receives or waits is needed");
        }
    }

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        ScriptConnection on = ScriptConnection.of(connection);
        Input input = on.input();
        if (last != null && last.start() == input.position()) {
            if (input.isAtEnd()) {
                return null;
            }
            continueWithoutInput(on);
            if (input.hasEnded()) {
                // no round receives the unread input
                return null;
            }
        }
        return on.conversation().isClosed() ? null : new Round(body.steps(), 0, input.position(), false, 0);
    }

    @Override
    public boolean endsBy(RuntimeException thrown, Round round, Connection connection) {
        boolean ended = thrown instanceof ClientGone || thrown instanceof EndOfInput end && end.partial() == 0;
        return ended && ScriptConnection.of(connection).input().position() == round.start();
    }

    /** A round without input: the next one must not repeat it endlessly. */
    private void continueWithoutInput(ScriptConnection connection) {
        if (connection.conversation().isStopped()) {
            throw new ServerClosed();
        }
        if (connection.input().hasUnread()
                && body.steps().stream().allMatch(s -> s instanceof Maybe || s instanceof Setting)) {
            throw new Mismatch(Reason.of(
                    "no @maybe of the block matches the received bytes",
                    List.of(ReportParagraph.received(connection.input().unread()))));
        }
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Obligation obligation() {
        return Obligation.TAKES;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@forever", body);
    }
}

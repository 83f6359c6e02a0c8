package io.socketharness.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a block until the client closes where a round begins. */
record Forever(Script body) implements Rounds {

    Forever {
        Blocks.requireSteps("forever", body);
        if (body.steps().stream().allMatch(s -> s instanceof Setting)) {
            throw new IllegalArgumentException(
                    "forever holds settings alone; a step that sends, receives or waits is needed");
        }
    }

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        Input input = connection.input();
        if (last != null && last.start() == input.position()) {
            if (input.isAtEnd()) {
                return null;
            }
            goOnWithoutInput(connection);
            if (connection.input().hasEnded()) {
                // what is unread, no round takes
                return null;
            }
        }
        return connection.conversation().isClosed() ? null : new Round(body.steps(), 0, input.position(), false, 0);
    }

    @Override
    public boolean endsBy(RuntimeException thrown, Round round, Connection connection) {
        boolean ended = thrown instanceof ClientGone || thrown instanceof EndOfInput end && end.partial() == 0;
        return ended && connection.input().position() == round.start();
    }

    /** The round took nothing: the next one must not be the same for ever. */
    private void goOnWithoutInput(Connection connection) {
        if (connection.conversation().isStopped()) {
            throw new ServerClosed();
        }
        if (connection.input().hasUnread()
                && body.steps().stream().allMatch(s -> s instanceof Maybe || s instanceof Setting)) {
            throw new ExpectationFailed(Reason.of(
                    "no @maybe of the block takes what the client sent",
                    "received  " + connection.conversation().unreadText()));
        }
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
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
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@forever", body);
    }
}

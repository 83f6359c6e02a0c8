package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.ConversationState.Phase;
import io.socketharness.internal.script.engine.Progress.Unread;

/**
 * Decides whether a script continues after a send that the client does not get: earlier data of the client is still
 * unread.
 */
final class MissedSends {

    /** The number of consecutive sends that code may miss without a receive in between. */
    private static final int MOST_IN_A_ROW = 100;

    private final Conversation conversation;
    private final ConversationState state;
    private final Progress progress;
    private final Input input;

    private int missed;
    private long missedAt = -1;

    MissedSends(Conversation conversation, ConversationState state, Progress progress, Input input) {
        this.conversation = conversation;
        this.state = state;
        this.progress = progress;
        this.input = input;
    }

    /** Whether a script continues after a step that sends. */
    boolean scriptContinues(Progress of) {
        boolean isTaken = input.hasUnread() && of.unread() == Unread.TAKEN;
        if (state.is(Phase.HELD)) {
            // a test thread runs it, and verification ignores its last replies
            return isTaken || !of.expectsLater();
        }
        return of == progress && !state.isEndedByTest() && !conversation.isWithoutTls() && isTaken;
    }

    /** Whether user code continues. Code that sends repeatedly without receiving ends nevertheless. */
    boolean codeContinues() {
        if (!conversation.isServedBy(Thread.currentThread())
                || !conversation.runsOwnCode()
                || conversation.isWithoutTls()
                || !input.hasUnread()) {
            return false;
        }
        missed = input.position() == missedAt ? missed + 1 : 1;
        missedAt = input.position();
        return missed <= MOST_IN_A_ROW;
    }
}

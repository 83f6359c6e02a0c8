package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.ConversationState.Phase;
import io.socketharness.internal.script.engine.Progress.Unread;

/** Decides whether a script goes on after a send that its client does not get: what the client sent before is still unread. */
final class MissedSends {

    /** How many sends in a row code may miss, with nothing received between them. */
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

    /** Whether a script goes on after a step that sends. */
    boolean scriptGoesOn(Progress of) {
        boolean isTaken = input.hasUnread() && of.unread() == Unread.TAKEN;
        if (state.is(Phase.HELD)) {
            // a test thread runs it, and no verification decides about its last replies
            return isTaken || !of.expectsLater();
        }
        return of == progress && !state.isEndedByTest() && !conversation.isWithoutTls() && isTaken;
    }

    /** Whether code of the user goes on. Code that sends again and again, and receives nothing, ends all the same. */
    boolean codeGoesOn() {
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

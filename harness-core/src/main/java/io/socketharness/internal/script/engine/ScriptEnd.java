package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.ConversationState.Phase;
import io.socketharness.internal.script.engine.Progress.Unread;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import java.io.UncheckedIOException;

/** Decides what an exception that ends a script means for its conversation: a failure, or a regular end. */
final class ScriptEnd {

    private final Conversation conversation;
    private final ConversationState state;
    private final Progress progress;
    private final ExchangeRecorder recorder;

    ScriptEnd(Conversation conversation, ConversationState state, Progress progress, ExchangeRecorder recorder) {
        this.conversation = conversation;
        this.state = state;
        this.progress = progress;
        this.recorder = recorder;
    }

    /** Ends the conversation by an exception of its script. */
    void by(Throwable thrown) {
        if (state.isEndedByTest() && isEnd(thrown)) {
            state.end(Phase.CLOSED);
        } else {
            fail(thrown);
        }
    }

    /** Whether an exception means that a side of the connection has ended. */
    private static boolean isEnd(Throwable thrown) {
        return thrown instanceof EndOfInput || thrown instanceof ClientGone || thrown instanceof OutputClosed;
    }

    private void fail(Throwable thrown) {
        progress.returnTo(thrown);
        if (thrown instanceof ServerClosed) {
            state.end(Phase.STOPPED);
        } else if (thrown instanceof EndOfInput end) {
            if (end.partial() == 0 && conversation.runsOwnCode()) {
                leave();
            } else {
                state.failOutstanding(end.getMessage(), left(end));
            }
        } else if (thrown instanceof ClientGone gone) {
            clientGone(gone);
        } else if (thrown instanceof ExpectationFailed failed) {
            String framing = FramingHint.of(progress.step(), conversation.input());
            state.fail(Failure.at(
                    progress, Mismatch.reason(failed), framing.isEmpty() ? Mismatch.advice(failed) : framing));
        } else if (thrown instanceof DeadlineExceeded) {
            state.failLate(late(thrown));
        } else if (state.isStopped()) {
            state.end(Phase.STOPPED);
        } else if (isRefusal(thrown) && !conversation.runsOwnCode()) {
            state.fail(thrown.getMessage());
        } else {
            state.fail(Failure.thrown(progress, thrown));
        }
    }

    private Failure late(Throwable thrown) {
        String reason = String.valueOf(thrown.getMessage());
        return conversation.runsOwnCode()
                ? Failure.at(progress, Reason.of(reason), thrown)
                : Failure.at(progress, reason, StepAdvice.late(progress.step(), conversation.input(), false));
    }

    private String left(EndOfInput end) {
        String framing = FramingHint.of(progress.step(), conversation.input());
        return !framing.isEmpty()
                        || conversation.isWithoutTls()
                        || conversation.input().isEndedByServer()
                ? framing
                : StepAdvice.left(conversation.input(), end.partial() > 0, recorder.has(Event.Kind.RESET_BY_CLIENT));
    }

    /** Whether an exception means that the transport or the system does not support a step. */
    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof UnsupportedOperationException || thrown instanceof UncheckedIOException;
    }

    private void clientGone(ClientGone gone) {
        if (state.isClosed()) {
            state.end(Phase.CLOSED);
        } else if (conversation.runsOwnCode()) {
            leave();
        } else if (progress.expectsLater()
                || conversation.isWithoutTls() && progress.isOutstanding(conversation.input())) {
            state.failOutstanding(gone.getMessage(), "");
        } else {
            boolean ignoresInput = progress.unread() == Unread.DROPPED;
            progress.backTo(null);
            state.end(ignoresInput ? Phase.CLOSED : Phase.COMPLETED);
        }
    }

    /**
     * User code threw the exception for the client's end: the conversation ends, and fails if a step is outstanding.
     */
    private void leave() {
        if (progress.isOutstanding(conversation.input())) {
            state.failOutstanding(
                    recorder.detail(Event.Kind.TLS_FAILED).orElse("the client closed the connection during this step"),
                    "");
        } else {
            state.end(Phase.LEFT);
        }
    }
}

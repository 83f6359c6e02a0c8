package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.ConversationState.Phase;
import io.socketharness.internal.script.engine.Progress.Unread;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is outstanding on a conversation, and what is wrong with it, such as unexpected input. */
public final class ScriptCompletion {

    private static final Set<Event.Kind> CLIENT_ENDS_OR_COMPLETES =
            Set.of(Event.Kind.COMPLETED, Event.Kind.HALF_CLOSED_BY_CLIENT, Event.Kind.RESET_BY_CLIENT);

    private final Conversation conversation;
    private final ConversationState state;
    private final Progress progress;
    private final Input input;
    private final TransportChannel transport;
    private final ExchangeRecorder recorder;

    ScriptCompletion(
            Conversation conversation,
            ConversationState state,
            Progress progress,
            TransportChannel transport,
            ExchangeRecorder recorder) {
        this.conversation = conversation;
        this.state = state;
        this.progress = progress;
        this.input = conversation.input();
        this.transport = transport;
        this.recorder = recorder;
    }

    /** Returns whether neither a script nor a test thread has claimed the connection: it is waiting, or has failed. */
    public boolean isUnclaimed() {
        return state.is(Phase.WAITING) || state.is(Phase.FAILED);
    }

    /** Returns whether the server was closed before the last step of the script. */
    public boolean isOver() {
        return state.is(Phase.STOPPED);
    }

    /** Returns whether there is a failure to report. */
    public boolean hasFailed() {
        return state.is(Phase.FAILED);
    }

    /** Returns the time of the failure, see {@link System#nanoTime()}. */
    public long failedAt() {
        return state.failedAt();
    }

    /**
     * Returns whether the client connected and disconnected without sending a byte, while the script expected input. If
     * the script serves only this connection and has sent something, or has tried to, it is used up, and the connection
     * is not a probe.
     */
    public boolean isProbe() {
        return (state.isOutstandingAtEnd() || state.is(Phase.WAITING))
                && !input.isDatagrams()
                && !recorder.has(Event.Kind.TLS_FAILED)
                && !recorder.has(Event.Kind.TLS_ESTABLISHED)
                && recorder.arrived() == 0
                && recorder.inputEnded()
                && !conversation.hasUsedUpScript();
    }

    /**
     * Returns whether a verification now is final for the input so far: no step is outstanding, or an outstanding step
     * can no longer be satisfied.
     */
    public boolean isSettled() {
        if (!state.is(Phase.RUNNING) || isEndedByTest()) {
            return true;
        }
        return switch (Progress.obligation(progress.step())) {
            case SENDS, NONE -> progress.step() != null && !isOutstanding() && !hasUndecidedInput();
            case EXPECTS, TAKES, OWN -> input.isIdle() && !input.isInMessage() && !isOutstanding();
        };
    }

    /** Returns whether the conversation is waiting for the client. */
    public boolean isQuiet() {
        if (!state.is(Phase.RUNNING) || isEndedByTest()) {
            return true;
        }
        return switch (Progress.obligation(progress.step())) {
            case SENDS, NONE ->
                progress.step() != null && transport.isWaiting() && (transport.isSendBlocked() || !hasUndecidedInput());
            case EXPECTS, TAKES, OWN -> input.isIdle();
        };
    }

    /**
     * Returns whether a step is outstanding. A step that accepts any input is not outstanding while it is only busy.
     */
    private boolean isIncomplete() {
        if (state.is(Phase.RUNNING) && Progress.obligation(progress.step()) == Obligation.TAKES) {
            return isOutstanding() || input.isIdle() && input.isInMessage();
        }
        return !isSettled();
    }

    /** Returns whether it is still open whether a step receives the unread input. */
    private boolean hasUndecidedInput() {
        return input.hasUnread() && progress.unread() != Unread.DROPPED;
    }

    /** Returns whether the test has closed or reset the connection. The code of a behaviour may still run. */
    private boolean isEndedByTest() {
        return state.isEndedByTest() && state.isClosed();
    }

    private boolean isOutstanding() {
        return !state.isEndedByTest() && progress.isOutstanding(input);
    }

    /** Fails the conversation if the client has sent input after the script's end. */
    public synchronized boolean failIfUnexpected() {
        if (state.is(Phase.COMPLETED) && input.hasUnread()) {
            state.fail(unexpected(), recorder.arrivalOf(input.position()));
        }
        return state.is(Phase.FAILED);
    }

    /**
     * Fails the conversation because no script was left. {@code sentence} says why, {@code before} how the last one
     * ended.
     */
    public void failUnserved(String sentence, String before) {
        state.fail(Failure.unserved(sentence, before));
    }

    /** Returns the fault of a connection for which no script is left. */
    public Fault unserved(String sentence, String before) {
        return fault(Failure.unserved(sentence, before), OptionalLong.of(recorder.openedAt()), true);
    }

    /** Returns why the script does not expect the client's data, in one line; empty if nothing is wrong with it. */
    public Optional<String> mismatch() {
        failIfUnexpected();
        return state.failure()
                .filter(failure -> state.isCause() && failure.where() != null)
                .map(Failure::inOneLine);
    }

    /** Returns the current fault of the conversation, if any. {@code until} says until when a step was outstanding. */
    public Optional<Fault> fault(Until until) {
        failIfUnexpected();
        Failure known = state.failure().orElse(null);
        if (known != null) {
            return Optional.of(fault(known, OptionalLong.of(state.failedAt()), state.isCause()));
        }
        if (state.is(Phase.STOPPED) && isOutstanding()) {
            return Optional.of(outstanding(Failure.at(progress, "the server was closed during this step")));
        }
        if (!isSettled() && !isOutstanding() && input.hasUnread() && progress.unread() == Unread.UNEXPECTED) {
            return Optional.of(fault(unexpected(), OptionalLong.empty(), true));
        }
        if (isIncomplete()) {
            return Optional.of(outstanding(transport
                    .lackOfTls()
                    .map(reason -> Failure.at(progress, reason + " " + until.words()))
                    .orElseGet(() -> Failure.outstanding(progress, until, input, conversation.thread()))));
        }
        return Optional.empty();
    }

    private Failure unexpected() {
        return Failure.unexpected(input.unread(), Surplus.advice(progress, input, conversation.hasOwnScript()));
    }

    private Fault outstanding(Failure what) {
        return fault(what, OptionalLong.empty(), false);
    }

    private Fault fault(Failure what, OptionalLong failedAt, boolean isCause) {
        Exchange exchange = recorder.exchange();
        String title = recorder.recorder().recording().title();
        return Fault.of(what.report(exchange, title), what.cause(), what.headline(exchange, title), failedAt, isCause);
    }

    /**
     * Returns the state of the conversation, for a test that has failed without a fault here. {@code unserved} says why
     * a connection without a script has none, and {@code advice} what to do about it.
     */
    public ConnectionNote describe(String unserved, String advice) {
        Exchange exchange = recorder.exchange();
        Failure words = state.is(Phase.WAITING)
                ? Failure.of(unserved, advice)
                : state.is(Phase.COMPLETED) ? afterLastStep() : atStep();
        return words == null
                ? new ConnectionNote(exchange.toString(), "")
                : new ConnectionNote(
                        words.report(exchange, "", exchange.dialogue("dialogue"))
                                .text(),
                        words.note(exchange, recorder.recorder().recording().title()));
    }

    private @Nullable Failure afterLastStep() {
        if (!recorder.inputEnded()) {
            String complete = "its script is complete, and the server sends nothing more";
            if (recorder.has(Event.Kind.HALF_CLOSED_BY_SERVER)) {
                return Failure.of(complete + ": it has closed its side of the connection", "");
            }
            return input.isDatagrams()
                    ? Failure.of(complete, "Does the client wait for another datagram?")
                    : Failure.of(
                            complete + "; the connection stays open after the last step",
                            "Does the client wait for the rest of an answer, or for @close?");
        }
        return wasCompleteBeforeEnd()
                ? Failure.of(
                        "its script was complete before the " + (hasClientEnded() ? "client" : "server")
                                + " ended the connection" + lackOfLineEnd(),
                        "")
                : null;
    }

    private boolean hasClientEnded() {
        return recorder.has(Event.Kind.HALF_CLOSED_BY_CLIENT) || recorder.has(Event.Kind.RESET_BY_CLIENT);
    }

    private boolean wasCompleteBeforeEnd() {
        List<Event.Kind> ends = recorder.exchange().events().stream()
                .map(Event::kind)
                .filter(CLIENT_ENDS_OR_COMPLETES::contains)
                .toList();
        return !ends.isEmpty() && ends.get(0) == Event.Kind.COMPLETED;
    }

    /** A client that reads lines waits for the end of the last one. */
    private String lackOfLineEnd() {
        Bytes sent = recorder.exchange().sent();
        return !sent.isEmpty() && sent.isText() && sent.toByteArray()[sent.size() - 1] != '\n'
                ? "; the last line that it sent has no end of line"
                : "";
    }

    /** The client may be waiting for a message although the step neither expects nor sends anything. */
    private @Nullable Failure atStep() {
        return state.is(Phase.RUNNING) && progress.step() instanceof Step step && step.dropsInput()
                ? Failure.of(
                        "it is at " + progress.place() + ", " + step.lines().get(0) + ", which sends nothing", "")
                : null;
    }
}

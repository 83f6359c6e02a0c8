package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.recording.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a conversation is, and how it has ended. Written by the thread that serves or ends it, read by others.
 */
final class ConversationState {

    enum Phase {
        /** No script serves it yet. */
        WAITING,
        /** A test thread got it from {@code accept()}. */
        HELD,
        RUNNING,
        /** The script came to its end, or the client left when nothing more was expected of it. */
        COMPLETED,
        /** Code of the user's own let the client's end through, and nothing more was owed. */
        LEFT,
        /** The server was closed. */
        STOPPED,
        /** A step of the script, or the test, closed or reset the connection. */
        CLOSED,
        FAILED
    }

    private final ExchangeRecorder recorder;
    private final Progress progress;

    private volatile Phase phase = Phase.WAITING;
    /** The connection was closed or reset on this side. */
    private volatile boolean closed;
    /** A test thread has closed, half-closed or reset the connection: no step is outstanding any more. */
    private volatile boolean endedByTest;
    /** The server is being closed: an exception of the script is no failure from now on. */
    private volatile boolean stopped;
    /** The client ended while a step was outstanding. */
    private volatile boolean unmetAtEnd;
    /** A step took longer than it may. */
    private volatile boolean late;

    private volatile long failedAt;
    private volatile @Nullable Failure failure;

    ConversationState(ExchangeRecorder recorder, Progress progress) {
        this.recorder = recorder;
        this.progress = progress;
    }

    Phase phase() {
        return phase;
    }

    boolean is(Phase one) {
        return phase == one;
    }

    /** Begins a phase that does not end the conversation. */
    void enter(Phase next) {
        phase = next;
    }

    /** Ends the script without a failure. */
    void end(Phase end) {
        phase = end;
        if (end == Phase.STOPPED) {
            recorder.changed();
        } else {
            recorder.event(Event.Kind.COMPLETED, "");
        }
    }

    /** Fails the step that is being run. */
    void fail(@Nullable String reason) {
        fail(Failure.at(progress, reason == null ? "it failed" : reason));
    }

    /** Fails the step that is being run, as the client ended while it was outstanding. */
    void failUnmet(@Nullable String reason, String advice) {
        unmetAtEnd = true;
        fail(Failure.at(progress, String.valueOf(reason), advice));
    }

    /** Fails the step that is being run, as it took longer than it may. */
    void failLate(Failure why) {
        late = true;
        fail(why);
    }

    void fail(Failure why) {
        fail(why, System.nanoTime());
    }

    void fail(Failure why, long at) {
        failedAt = at;
        failure = why;
        phase = Phase.FAILED;
        recorder.event(Event.Kind.FAILED, why.inOneLine());
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    long failedAt() {
        return failedAt;
    }

    /** Whether what the client or the test throws afterwards may come of the failure: not where the client left or was late. */
    boolean isCause() {
        return !late
                && (!unmetAtEnd
                        || recorder.tlsFailure().filter(TlsFailure::isRefusal).isPresent());
    }

    boolean isUnmetAtEnd() {
        return unmetAtEnd;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    boolean isEndedByTest() {
        return endedByTest;
    }

    void endByTest() {
        endedByTest = true;
    }

    /** A script that comes later does not end by it. */
    void forgetEndByTest() {
        endedByTest = false;
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
    }
}

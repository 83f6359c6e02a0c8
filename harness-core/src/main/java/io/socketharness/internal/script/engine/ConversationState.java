package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.recording.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The phase of a conversation, and its failure. Written by the thread that serves or ends the conversation, and read by
 * other threads.
 */
final class ConversationState {

    enum Phase {
        /** No script serves the connection yet. */
        WAITING,
        /** A test thread received the connection from {@code accept()}. */
        HELD,
        RUNNING,
        /** The script is complete, or the client disconnected when no more input was expected. */
        COMPLETED,
        /** A custom behaviour did not catch the end of input, and no step was outstanding. */
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
    /** The server closed or reset the connection. */
    private volatile boolean closed;
    /** A test thread closed, half-closed or reset the connection: no step is outstanding. */
    private volatile boolean endedByTest;
    /** The server is closing: exceptions of the script are no longer failures. */
    private volatile boolean stopped;
    /** The client closed while a step was outstanding. */
    private volatile boolean outstandingAtEnd;
    /** A step exceeded its time limit. */
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

    /** Starts a phase that does not end the conversation. */
    void enter(Phase next) {
        phase = next;
    }

    /** Ends the script without a failure, unless it has failed. */
    void end(Phase end) {
        if (phase == Phase.FAILED) {
            return;
        }
        phase = end;
        if (end == Phase.STOPPED) {
            recorder.changed();
        } else {
            recorder.event(Event.Kind.COMPLETED, "");
        }
    }

    /** Fails the running step. */
    void fail(@Nullable String reason) {
        fail(Failure.at(progress, reason == null ? "it failed" : reason));
    }

    /** Fails the running step, because the client closed while it was outstanding. */
    void failOutstanding(@Nullable String reason, String advice) {
        outstandingAtEnd = true;
        fail(Failure.at(progress, String.valueOf(reason), advice));
    }

    /** Fails the running step, because it exceeded its time limit. */
    void failLate(Failure why) {
        late = true;
        fail(why);
    }

    void fail(Failure why) {
        fail(why, System.nanoTime());
    }

    /** Fails the conversation. The first failure stays. */
    void fail(Failure why, long at) {
        if (phase == Phase.FAILED) {
            return;
        }
        failedAt = at;
        failure = why;
        phase = Phase.FAILED;
        PlacedStep step = progress.at();
        if (step != null && why.isAtStep()) {
            recorder.stepLog().failed(step, why.reasonInOneLine());
        }
        recorder.event(Event.Kind.FAILED, why.inOneLine());
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    long failedAt() {
        return failedAt;
    }

    /**
     * Returns whether the failure may have caused later exceptions of the client or the test. This is not the case if
     * the client disconnected or was late.
     */
    boolean isCause() {
        return !late
                && (!outstandingAtEnd
                        || recorder.client()
                                .tlsFailure()
                                .filter(TlsFailure::isRefusal)
                                .isPresent());
    }

    boolean isOutstandingAtEnd() {
        return outstandingAtEnd;
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

    /** A script that is added later does not end by it. */
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

package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.RecordedStep.Outcome;
import io.socketharness.internal.recording.StepLog;
import io.socketharness.internal.script.engine.Progress.Frame;
import io.socketharness.script.Behaviour;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script: one loop over the frames of its progress. The frames are the whole state, so that a script can pause
 * at any step and continue later on another thread.
 */
public final class Runner {

    /** A script that runs more steps without a pause takes long. */
    private static final int MOST_AT_ONCE = 256;

    private final ScriptConnection connection;
    private final Conversation conversation;
    private final Progress progress;
    /** The frame of the user code that runs the script, or null. */
    private final @Nullable Frame base;
    /** Null if it does not run the script that serves the connection. */
    private final @Nullable StepLog log;

    public Runner(ScriptConnection connection, Script script) {
        this(connection, Round.of(script));
    }

    Runner(ScriptConnection connection, Round script) {
        this.connection = connection;
        this.conversation = connection.conversation();
        this.progress = connection.progress();
        this.base = progress.top();
        this.log = connection.serves()
                ? ExchangeRecorder.of(conversation.exchange()).stepLog()
                : null;
        enter(script);
    }

    /** Runs the script to its end, and waits where necessary. */
    public Needs finish() throws Exception {
        try {
            for (Frame frame = progress.top(); frame != null && frame != base; frame = progress.top()) {
                step(frame);
            }
        } catch (Exception | Error thrown) {
            if (base != null) {
                progress.leaveBy(thrown, base);
            }
            throw thrown;
        }
        return Needs.NOTHING;
    }

    /**
     * Runs the script while it neither takes time nor waits.
     *
     * @return what it needs to continue; nothing at its end
     */
    Needs advance() throws Exception {
        int done = 0;
        for (Frame frame = progress.top(); frame != null && frame != base; frame = progress.top()) {
            Needs needs = done++ < MOST_AT_ONCE ? needs(frame) : Needs.THREAD;
            if (needs == Needs.THREAD || needs == Needs.INPUT && !isReady()) {
                return needs;
            }
            step(frame);
        }
        return Needs.NOTHING;
    }

    private boolean isReady() {
        boolean ready = conversation.input().isReady();
        if (!ready && conversation.isStopped()) {
            throw new ServerClosed();
        }
        return ready;
    }

    private Needs needs(Frame frame) {
        Settings settings = connection.settings();
        if (settings.within() != null || settings.drip() != null || !(frame.step() instanceof Step step)) {
            return Needs.THREAD;
        }
        return step instanceof LoopStep rounds ? rounds.needs(frame.inner) : step.needs();
    }

    private void step(Frame frame) throws Exception {
        conversation.requireNotEnded(progress, frame.step());
        long before = conversation.input().position();
        if (log != null) {
            log.begin();
        }
        try {
            Behaviour behaviour = frame.step();
            if (behaviour instanceof LoopStep rounds) {
                Round next = rounds.next(connection, frame.inner);
                frame.inner = next;
                if (next == null) {
                    log(frame.at(frame.index), Outcome.DONE, before);
                    pass(frame);
                } else {
                    logFirst(frame, next, before);
                    enter(next);
                }
            } else {
                behaviour.run(connection);
                log(frame.at(frame.index), Outcome.DONE, before);
                pass(frame);
            }
        } catch (ClientGone gone) {
            if (frame.step() instanceof Step step && conversation.missedSends().scriptContinues(progress)) {
                skip(frame, step);
            } else {
                unwind(frame, gone);
            }
        } catch (RuntimeException thrown) {
            unwind(frame, thrown);
        }
    }

    /** Records that a step has ended, with the position of the input if it has received something. */
    private void log(PlacedStep step, Outcome outcome, long before) {
        // a step that chooses a script is not a part of that script
        if (log != null && !conversation.isReplaced()) {
            long now = conversation.input().position();
            log.add(step, outcome, now > before ? now : -1);
        }
    }

    /** Records the step of a block that has received the message for which the block runs. */
    private void logFirst(Frame frame, Round round, long before) {
        for (int i = 0; i < round.first(); i++) {
            PlacedStep around = frame.at(frame.index);
            log(new PlacedStep(around, around.script(), round.steps(), i), Outcome.DONE, before);
        }
    }

    /** Continues after a send that the client does not get. A step with rounds continues with its next round. */
    private void skip(Frame frame, Step step) {
        if (!(step instanceof LoopStep)) {
            log(frame.at(frame.index), Outcome.NOT_SENT, Long.MAX_VALUE);
            pass(frame);
        }
    }

    private void enter(Round round) {
        if (!round.isEmpty()) {
            progress.enter(round, connection.settings());
            conversation.changed();
        }
    }

    /** Continues after a completed step. At the end of a block, the step that contains the block decides. */
    private void pass(Frame frame) {
        if (frame.isLast()) {
            leave(frame);
        } else {
            progress.backTo(frame);
            frame.pass();
            conversation.changed();
        }
    }

    private void leave(Frame frame) {
        progress.backTo(frame.outer);
        // network conditions of the outermost block last as long as the connection
        connection.settings(
                frame.outer == null && connection.serves()
                        ? frame.outside.withNetworkOf(connection.settings())
                        : frame.outside);
    }

    /**
     * Continues after the innermost step that the exception ends. Without such a step the frames stay, for the report.
     */
    private void unwind(Frame thrower, RuntimeException thrown) {
        Frame inner = thrower;
        for (Frame frame = inner.outer; frame != null && frame != base; frame = frame.outer) {
            Round round = frame.inner;
            if (round != null && frame.step() instanceof LoopStep rounds && rounds.endsBy(thrown, round, connection)) {
                logEnd(thrower, thrown);
                log(frame.at(frame.index), Outcome.DONE, Long.MAX_VALUE);
                leave(inner);
                pass(frame);
                return;
            }
            inner = frame;
        }
        throw thrown;
    }

    /** Records a step that ends its block as it is meant to. */
    private void logEnd(Frame thrower, RuntimeException thrown) {
        if (thrown instanceof Leave.Signal) {
            log(thrower.at(thrower.index), Outcome.DONE, Long.MAX_VALUE);
        }
    }
}

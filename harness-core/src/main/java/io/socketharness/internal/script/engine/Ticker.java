package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.Progress.Frame;
import io.socketharness.script.Behaviour;
import org.jspecify.annotations.Nullable;

/** Runs the steps of an {@link Every} at its interval. */
final class Ticker {

    private final Every every;
    private final Conversation conversation;
    private final Progress progress;
    private final @Nullable Frame block;
    private final ScriptConnection connection;

    /** @param from the connection of the script, at the step that begins the interval */
    Ticker(Every every, ScriptConnection from) {
        this.every = every;
        this.conversation = from.conversation();
        this.progress = from.progress();
        this.block = progress.top();
        this.connection = from.beside(this::isOver);
    }

    /** Sends until its block ends. */
    void run() throws Exception {
        ExchangeRecorder recorder = ExchangeRecorder.of(conversation.exchange());
        long interval = every.interval().toNanos();
        long next = System.nanoTime() + interval;
        while (!recorder.await(this::isOver, next)) {
            for (Behaviour send : every.body().steps()) {
                send.run(connection);
            }
            // a send that takes longer than the interval skips the sends that it has missed
            next = Math.max(next + interval, System.nanoTime());
        }
    }

    private boolean isOver() {
        return conversation.isOver() || block != null && !isRunning(block);
    }

    /** Whether the block of the step runs. The outermost block of a script lasts until the connection ends. */
    private boolean isRunning(Frame wanted) {
        if (wanted.outer == null && progress == conversation.progress()) {
            return true;
        }
        for (Frame frame = progress.top(); frame != null; frame = frame.outer) {
            if (frame == wanted) {
                return true;
            }
        }
        return false;
    }
}

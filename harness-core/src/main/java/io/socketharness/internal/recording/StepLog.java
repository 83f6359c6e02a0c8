package io.socketharness.internal.recording;

import io.socketharness.internal.recording.RecordedStep.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Records the steps of an exchange's script. Their texts are made when they are read. */
public final class StepLog {

    /** Further steps are counted only. */
    static final int MOST = 10_000;

    /** Heap per step: its entry, its place, and the list's spare room. */
    static final int COST = 80;

    /** A step at its place in a script. Must not change. */
    public interface Step {

        /** Such as {@code step 2 of 5, in it step 1 of 3}. */
        String place();

        /** The number of blocks around it. */
        int depth();

        /** The first line of its text form. */
        String text();

        /** The index of that line in the script; empty if code runs the step. */
        OptionalInt line();

        /** Whether it sends, or is code that may send. */
        boolean maySend();
    }

    record Entry(long at, Step step, Outcome outcome, String reason, long input, int begun, int events) {}

    private final Recorder recorder;
    private final ExchangeLog log;
    private final Lock lock;
    private final List<Entry> entries = new ArrayList<>(0);
    private final AtomicLong missing = new AtomicLong();
    private volatile boolean full;
    /** The number of events when the step began that runs now. Written by the thread of the script. */
    private volatile int begun;

    private volatile @Nullable Supplier<RecordedScript> script;

    StepLog(Recorder recorder, ExchangeLog log, Lock lock) {
        this.recorder = recorder;
        this.log = log;
        this.lock = lock;
    }

    /** Sets the script, whose text is made when it is read. */
    public void script(Supplier<RecordedScript> text) {
        script = text;
    }

    /** Notes that a step begins: events before it are not its own. */
    public void begin() {
        begun = log.size();
    }

    /** Records a step after which the script continues; {@code input} is its position if the step received, or -1. */
    public void add(Step step, Outcome outcome, long input) {
        add(step, outcome, "", input);
    }

    /** Records the step at which the script failed. It is kept regardless of the limit. */
    public void failed(Step step, String reason) {
        add(step, Outcome.FAILED, reason, -1);
    }

    private void add(Step step, Outcome outcome, String reason, long input) {
        if (full && outcome != Outcome.FAILED) {
            missing.incrementAndGet();
            return;
        }
        long now = recorder.now();
        lock.lock();
        try {
            if (outcome == Outcome.FAILED || entries.size() < MOST && recorder.keepStep()) {
                entries.add(new Entry(now, step, outcome, reason, input, begun, log.size()));
            } else {
                full = true;
                missing.incrementAndGet();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How much the steps count under their limit. */
    long keptForSteps() {
        return (long) COST
                * entries.stream()
                        .filter(one -> one.outcome() != Outcome.FAILED)
                        .count();
    }

    /** The number of steps that were run and are not in {@link #entries()}. */
    long missing() {
        return missing.get();
    }

    /** The steps so far. */
    List<Entry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    /** The steps with their texts, of which {@code withoutSecrets} hides the secrets. */
    static List<RecordedStep> read(List<Entry> known, UnaryOperator<String> withoutSecrets) {
        List<String> texts =
                ScriptSecrets.hide(known.stream().map(one -> one.step().text()).toList(), withoutSecrets);
        List<String> reasons =
                ScriptSecrets.hide(known.stream().map(Entry::reason).toList(), withoutSecrets);
        List<RecordedStep> steps = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            Entry one = known.get(i);
            steps.add(new RecordedStep(
                    Duration.ofNanos(one.at()),
                    one.step().place(),
                    one.step().depth(),
                    texts.get(i),
                    one.step().line(),
                    one.outcome(),
                    reasons.get(i),
                    one.input() < 0 ? OptionalLong.empty() : OptionalLong.of(one.input()),
                    one.begun(),
                    one.events(),
                    one.step().maySend()));
        }
        return List.copyOf(steps);
    }

    Optional<RecordedScript> readScript(UnaryOperator<String> withoutSecrets) {
        Supplier<RecordedScript> known = script;
        if (known == null) {
            return Optional.empty();
        }
        RecordedScript text = known.get();
        return Optional.of(new RecordedScript(ScriptSecrets.hide(text.lines(), withoutSecrets), text.stoppedAt()));
    }
}

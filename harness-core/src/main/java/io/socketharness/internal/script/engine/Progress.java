package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.RecordedScript;
import io.socketharness.script.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which step of a script is running, as a stack of blocks, each at one of its steps; and which steps are still
 * outstanding. Written by the script's {@link Runner}, on one thread at a time, and read by other threads.
 */
final class Progress {

    /** A block that is running. */
    static final class Frame {
        final @Nullable Frame outer;
        final Round round;
        final List<Behaviour> steps;
        /** The settings that apply after the block. */
        final Settings outside;
        /** The whole script. */
        final ScriptLines script;
        /** The step that contains the block. */
        private final @Nullable PlacedStep around;

        volatile int index;
        /** The last round of the running step, if it has rounds. Only for the runner. */
        @Nullable
        Round inner;

        Frame(@Nullable Frame outer, Round round, Settings outside) {
            this.outer = outer;
            this.round = round;
            this.steps = round.steps();
            this.outside = outside;
            this.script = outer == null ? new ScriptLines(round.steps()) : outer.script;
            this.around = outer == null ? null : outer.at(outer.index);
            this.index = round.first();
        }

        /** A step of the block at its place. */
        PlacedStep at(int step) {
            return new PlacedStep(around, script, steps, step);
        }

        Behaviour step() {
            return steps.get(index);
        }

        void pass() {
            int done = index;
            inner = null;
            index = done + 1;
        }

        boolean isLast() {
            return index == steps.size() - 1;
        }
    }

    /** How the script treats unread input. */
    enum Unread {
        /** A step may receive it. */
        TAKEN,
        /** A step ends the connection or ignores the client. Unread input is not a failure. */
        DROPPED,
        /** No remaining step receives it. */
        UNEXPECTED
    }

    private volatile @Nullable Frame top;
    /** The outermost block. */
    private volatile @Nullable Frame outermost;

    /** An exception of a script that code runs, and the position of that script. */
    private record Thrown(Throwable what, @Nullable Frame at) {}

    private volatile @Nullable Thrown thrown;

    /** Leaves the frames of a script that code runs. The code may catch the exception and continue. */
    void leaveBy(Throwable what, @Nullable Frame to) {
        Thrown before = thrown;
        if (before == null || before.what() != what) {
            thrown = new Thrown(what, top);
        }
        top = to;
    }

    /** Returns to the position of an exception that was not caught. */
    void returnTo(Throwable uncaught) {
        Thrown last = thrown;
        if (last != null && last.what() == uncaught) {
            top = last.at();
        }
    }

    @Nullable
    Frame top() {
        return top;
    }

    void enter(Round round, Settings outside) {
        Frame outer = top;
        Frame entered = new Frame(outer, round, outside);
        if (outer == null) {
            outermost = entered;
        }
        top = entered;
    }

    /** Returns the steps of the whole script, also after its end. */
    List<Behaviour> script() {
        Frame first = outermost;
        return first == null ? List.of() : first.steps;
    }

    /** Returns the running step at its place, or null before the first and after the last. */
    @Nullable
    PlacedStep at() {
        Frame frame = top;
        return frame == null ? null : frame.at(frame.index);
    }

    /** Returns the script as text, with the place of the running step. */
    RecordedScript recorded() {
        Frame first = outermost;
        return first == null ? new RecordedScript(List.of(), OptionalInt.empty()) : first.script.recorded(at());
    }

    void backTo(@Nullable Frame frame) {
        top = frame;
    }

    /** Returns the running step, or null before the first and after the last. */
    @Nullable
    Behaviour step() {
        Frame frame = top;
        return frame == null ? null : frame.step();
    }

    /**
     * Returns whether a step is outstanding: the running one, unless a round may end at this position of the input, or
     * a later one.
     */
    boolean isOutstanding(Input input) {
        Frame frame = top;
        if (frame == null) {
            return false;
        }
        boolean outstanding = obligation(frame.step()).isOutstanding();
        for (; frame != null; frame = frame.outer) {
            if (frame.round.start() == input.position() && !input.isInMessage()) {
                outstanding = false;
            } else {
                outstanding |= frame.round.again() || later(frame, false);
            }
        }
        return outstanding;
    }

    /** Returns whether a later step expects input. */
    boolean expectsLater() {
        for (Frame frame = top; frame != null; frame = frame.outer) {
            if (later(frame, true) || frame.round.again() && expects(frame.steps)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns how unread input is treated if the running step does not receive it. The first later step that decides
     * counts.
     */
    Unread unread() {
        Frame inner = null;
        for (Frame frame = top; frame != null; inner = frame, frame = frame.outer) {
            Behaviour step = frame.step();
            if (inner == null && drops(step)) {
                return Unread.DROPPED;
            }
            if (takes(step) && takesAgain(step, inner)) {
                return Unread.TAKEN;
            }
            for (Behaviour later : frame.steps.subList(frame.index + 1, frame.steps.size())) {
                if (drops(later)) {
                    return Unread.DROPPED;
                }
                if (takes(later)) {
                    return Unread.TAKEN;
                }
            }
        }
        return Unread.UNEXPECTED;
    }

    /**
     * Returns whether a step takes more input: with another round, without end, or as code after the block that runs inside
     * it.
     */
    private static boolean takesAgain(Behaviour step, @Nullable Frame inner) {
        if (step instanceof LoopStep rounds) {
            return inner == null || rounds.mayContinue(inner.round);
        }
        return inner == null ? step instanceof Step endless && endless.isEndless() : obligation(step) == Obligation.OWN;
    }

    /** Returns whether a step, or a step in it, receives input. */
    static boolean takes(Behaviour behaviour) {
        return switch (obligation(behaviour)) {
            case EXPECTS, TAKES, OWN -> true;
            case SENDS, NONE ->
                behaviour instanceof Step step
                        && step.blocks().stream()
                                .anyMatch(block -> block.steps().stream().anyMatch(Progress::takes));
        };
    }

    private static boolean drops(Behaviour behaviour) {
        return behaviour instanceof Step step && step.dropsInput();
    }

    private static boolean later(Frame frame, boolean expectsOnly) {
        for (int i = frame.index + 1; i < frame.steps.size(); i++) {
            Obligation obligation = obligation(frame.steps.get(i));
            if (expectsOnly ? obligation == Obligation.EXPECTS : obligation.isOutstanding()) {
                return true;
            }
        }
        return false;
    }

    private static boolean expects(List<Behaviour> steps) {
        return steps.stream().anyMatch(s -> obligation(s) == Obligation.EXPECTS);
    }

    static Obligation obligation(@Nullable Behaviour behaviour) {
        return behaviour instanceof Step step ? step.obligation() : Obligation.OWN;
    }

    Place place() {
        List<Place.Frame> outerFirst = new ArrayList<>();
        frames().forEach(frame -> outerFirst.add(0, new Place.Frame(frame.index + 1, frame.steps.size())));
        return new Place(outerFirst);
    }

    /** Returns the running step and those after it, inner blocks first, as lines of the text form. */
    List<String> remaining() {
        List<String> lines = new ArrayList<>();
        boolean inner = true;
        for (Frame frame : frames()) {
            for (int i = frame.index + (inner ? 0 : 1); i < frame.steps.size(); i++) {
                lines.addAll(TextForm.lines(frame.steps.get(i)));
            }
            inner = false;
        }
        return lines;
    }

    private List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = top; frame != null; frame = frame.outer) {
            frames.add(frame);
        }
        return frames;
    }
}

package io.socketharness.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a conversation's script is: a stack of blocks, each at one of its steps. Written by the thread that runs the
 * script, read by others.
 */
final class Progress {

    /** A block being run. */
    static final class Frame {
        final @Nullable Frame outer;
        final List<Behaviour> steps;
        /** Where the input stood when this round of a block that may end at any round began; -1 for other blocks. */
        final long roundStart;
        /** Whether the block is to be run again after this round, as its script owes. */
        final boolean again;

        volatile int index;

        Frame(@Nullable Frame outer, List<Behaviour> steps, int index, long roundStart, boolean again) {
            this.outer = outer;
            this.steps = steps;
            this.index = index;
            this.roundStart = roundStart;
            this.again = again;
        }

        Behaviour step() {
            return steps.get(index);
        }
    }

    private volatile @Nullable Frame top;

    @Nullable
    Frame top() {
        return top;
    }

    Frame enter(List<Behaviour> steps, int first, long roundStart, boolean again) {
        Frame frame = new Frame(top, steps, first, roundStart, again);
        top = frame;
        return frame;
    }

    void backTo(@Nullable Frame frame) {
        top = frame;
    }

    /** The step being run, or null before the first and after the last. */
    @Nullable
    Behaviour step() {
        Frame frame = top;
        return frame == null ? null : frame.step();
    }

    /** Whether something is owed: the step being run, unless a round may end where the input stands, or a later one. */
    boolean owes(Input input) {
        Frame frame = top;
        if (frame == null) {
            return false;
        }
        boolean owed = duty(frame.step()).isOwed();
        for (; frame != null; frame = frame.outer) {
            if (frame.roundStart == input.position() && !input.isInMessage()) {
                owed = false;
            } else {
                owed |= frame.again || later(frame, false);
            }
        }
        return owed;
    }

    /** Whether a later step expects something of the client. */
    boolean expectsLater() {
        for (Frame frame = top; frame != null; frame = frame.outer) {
            if (later(frame, true) || frame.again && expects(frame.steps)) {
                return true;
            }
        }
        return false;
    }

    private static boolean later(Frame frame, boolean expectsOnly) {
        for (int i = frame.index + 1; i < frame.steps.size(); i++) {
            Duty duty = duty(frame.steps.get(i));
            if (expectsOnly ? duty == Duty.EXPECTS : duty.isOwed()) {
                return true;
            }
        }
        return false;
    }

    private static boolean expects(List<Behaviour> steps) {
        return steps.stream().anyMatch(s -> duty(s) == Duty.EXPECTS);
    }

    static Duty duty(@Nullable Behaviour behaviour) {
        return behaviour instanceof Step step ? step.duty() : Duty.OWN;
    }

    /** Such as {@code step 2 of 5}, with the place in an inner block behind it. */
    String place() {
        List<Frame> frames = frames();
        if (frames.isEmpty()) {
            return "after the last step";
        }
        StringBuilder out = new StringBuilder();
        for (int i = frames.size() - 1; i >= 0; i--) {
            Frame frame = frames.get(i);
            out.append(out.isEmpty() ? "" : ", in it ");
            out.append("step ").append(frame.index + 1).append(" of ").append(frame.steps.size());
        }
        return out.toString();
    }

    /** The step being run and those after it, inner blocks first, as lines of the text form. */
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

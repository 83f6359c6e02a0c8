package io.socketharness.internal.script.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A position in a script, as step numbers for messages.
 *
 * @param frames the running step of each block, outer blocks first; empty after the last step
 */
record Place(List<Frame> frames) {

    /** The position after the last step. */
    static final Place END = new Place(List.of());

    /** A step of a block, counted from 1. */
    record Frame(int step, int of) {

        @Override
        public String toString() {
            return "step " + step + " of " + of;
        }
    }

    Place {
        frames = List.copyOf(frames);
    }

    /** Such as {@code step 2 of 5, in it step 1 of 3 failed}. */
    String failed() {
        return frames.isEmpty() ? "failed " + this : this + " failed";
    }

    /** Such as {@code the script failed at step 2 of 5}. */
    String scriptFailed() {
        return "the script failed " + (frames.isEmpty() ? "" : "at ") + this;
    }

    /** Such as {@code step 2 of 5, in it step 1 of 3}. */
    @Override
    public String toString() {
        return frames.isEmpty()
                ? "after the last step"
                : frames.stream().map(Frame::toString).collect(Collectors.joining(", in it "));
    }
}

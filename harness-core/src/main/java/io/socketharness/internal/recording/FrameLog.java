package io.socketharness.internal.recording;

import java.util.Arrays;
import java.util.List;

/**
 * The positions of framed messages in the bytes of one direction, so that a dialogue shows one line for each. Of very
 * many, it stores the first ones.
 */
final class FrameLog {

    private static final int MOST = 10_000;

    /**
     * A message and the bytes around it.
     *
     * @param from offset of the frame
     * @param to offset after the frame
     * @param content offset of the message in its direction
     * @param length of the message
     */
    record Frame(long from, long to, long content, int length) {}

    private Frame[] frames = new Frame[8];
    private int size;

    /** Forgets the frames from an offset on: their messages were put back, and may be read in another way. */
    void forget(long from) {
        while (size > 0 && frames[size - 1].from() >= from) {
            size--;
        }
    }

    /** Forgets a frame that ends after an offset. */
    void forgetBeyond(long end) {
        while (size > 0 && frames[size - 1].to() > end) {
            size--;
        }
    }

    /** Adds a frame, unless it overlaps the last one: a message may be put back and received again. */
    void add(Frame frame) {
        if (size == MOST || size > 0 && frame.from() < frames[size - 1].to()) {
            return;
        }
        if (size == frames.length) {
            frames = Arrays.copyOf(frames, size * 2);
        }
        frames[size++] = frame;
    }

    /** The frames so far, not affected by later ones. */
    List<Frame> view() {
        return List.of(Arrays.copyOf(frames, size));
    }
}

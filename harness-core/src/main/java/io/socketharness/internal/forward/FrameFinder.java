package io.socketharness.internal.forward;

import io.socketharness.script.Connection;
import io.socketharness.script.Framing;
import java.util.Arrays;

/**
 * Finds the frames in data that passes in one direction. The data passes on at once, whether or not a frame is complete.
 */
final class FrameFinder {

    /** What follows from a frame. */
    interface Found {

        /**
         * A frame is complete.
         *
         * @param from where it begins, relative to the data that completes it; negative if it begins in earlier data
         */
        void frame(int from, byte[] frame, byte[] message);
    }

    private final Framing framing;
    private final Connection connection;
    /** The beginning of a frame. */
    private byte[] begun = new byte[0];

    private int needed = 1;
    private boolean lost;

    FrameFinder(Framing framing, Connection connection) {
        this.framing = framing;
        this.connection = connection;
    }

    /**
     * Takes data that passes.
     *
     * @throws RuntimeException that the framing throws, once, for data that is no frame; later data is ignored
     */
    void pass(byte[] data, Found found) {
        if (lost) {
            return;
        }
        int before = begun.length;
        byte[] all = Arrays.copyOf(begun, before + data.length);
        System.arraycopy(data, 0, all, before, data.length);
        int at = 0;
        try {
            while (all.length - at >= needed) {
                PassingInput input = new PassingInput(all, at, connection);
                byte[] message = framing.receive(input.connection());
                int end = input.position();
                if (end == at) {
                    break;
                }
                found.frame(at - before, Arrays.copyOfRange(all, at, end), message);
                at = end;
                needed = 1;
            }
        } catch (PassingInput.Incomplete incomplete) {
            needed = Math.max(1, incomplete.needed() - at);
        } catch (RuntimeException noFrame) {
            lost = true;
            throw noFrame;
        }
        begun = Arrays.copyOfRange(all, at, all.length);
        if (begun.length > connection.messageLimit()) {
            lost = true;
        }
    }
}

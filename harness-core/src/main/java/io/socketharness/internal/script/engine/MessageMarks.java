package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.recording.Exchange;
import java.util.Arrays;

/** Notes where messages are in their frames, so that the dialogue shows one line for each. */
public final class MessageMarks {

    private final ExchangeRecorder recorder;

    /** Notes messages of an exchange. */
    public MessageMarks(Exchange exchange) {
        this.recorder = ExchangeRecorder.of(exchange);
    }

    /** Notes a message whose frame is sent next, after {@code ahead} other bytes. */
    public void sending(int ahead, byte[] frame, byte[] message) {
        int at = at(frame, message);
        int length = at < 0 ? frame.length : message.length;
        recorder.frames().sending(ahead, frame.length, Math.max(0, at), length);
    }

    /** Notes that the last frame was not sent, or not as a whole. */
    void notSent() {
        recorder.frames().forgetUnsent();
    }

    /** Notes a message whose frame was received between two positions. */
    public void received(long from, long to, byte[] message) {
        byte[] frame = recorder.received(from, to).orElse(null);
        if (frame != null && frame.length > 0) {
            int at = at(frame, message);
            recorder.frames().received(from, frame.length, Math.max(0, at), at < 0 ? frame.length : message.length);
        }
    }

    /**
     * The position of the message in its frame, after a length or before a delimiter; -1 if the frame has another
     * structure.
     */
    private static int at(byte[] frame, byte[] message) {
        int behind = frame.length - message.length;
        if (behind < 0) {
            return -1;
        }
        if (Arrays.equals(frame, behind, frame.length, message, 0, message.length)) {
            return behind;
        }
        return Arrays.equals(frame, 0, message.length, message, 0, message.length) ? 0 : -1;
    }
}

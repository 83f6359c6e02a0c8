package io.socketharness.internal.recording;

import java.util.concurrent.locks.Lock;

/** Records where the frames of messages are among the bytes of an exchange, and where in them the messages are. */
public final class FrameRecorder {

    private final ExchangeLog log;
    private final Lock lock;

    FrameRecorder(ExchangeLog log, Lock lock) {
        this.log = log;
        this.lock = lock;
    }

    /**
     * Notes that a frame is among the bytes that are sent next, with a message in it.
     *
     * @param ahead how many bytes are sent before the frame
     * @param size how many bytes the frame has
     * @param contentAt where in it the message begins
     * @param length how long the message is
     */
    public void sending(int ahead, int size, int contentAt, int length) {
        update(() -> log.sendingFrame(ahead, size, contentAt, length));
    }

    /** Notes that the last such frame was not sent, or not as a whole. */
    public void forgetUnsent() {
        update(log::forgetUnsentFrame);
    }

    /** Notes that received bytes are a frame, as {@link #sending} does. */
    public void received(long from, int size, int contentAt, int length) {
        update(() -> log.receivedFrame(from, size, contentAt, length));
    }

    private void update(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}

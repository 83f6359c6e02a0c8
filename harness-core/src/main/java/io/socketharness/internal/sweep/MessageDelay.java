package io.socketharness.internal.sweep;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.TransportChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Delays a message of the server until the client has done something else, or the longest delay is over. */
final class MessageDelay {

    private final FaultInjection run;
    private final TransportChannel transport;
    private final ExchangeRecorder recorder;
    /** Sends the datagram that waits. */
    private final AtomicReference<@Nullable Runnable> late = new AtomicReference<>();

    MessageDelay(FaultInjection run, TransportChannel transport, ExchangeRecorder recorder) {
        this.run = run;
        this.transport = transport;
        this.recorder = recorder;
    }

    /** Sends a datagram later, on another thread, because the thread that receives must not wait. */
    void sendInBackground(Runnable send) {
        long last = last();
        late.set(send);
        run.inBackground(() -> {
            awaitClient(last);
            sendLate();
        });
    }

    /** Sends a delayed datagram, unless another thread does. An answer to a repeated question comes after it. */
    void sendLate() {
        Runnable delayed = late.getAndSet(null);
        if (delayed != null) {
            delayed.run();
        }
    }

    /** Waits until the client sends, connects or closes, or the longest delay is over. */
    void awaitClient() {
        awaitClient(last());
    }

    private long last() {
        return System.nanoTime() + run.longestDelay();
    }

    private void awaitClient(long last) {
        run.delayBegins();
        long arrived = recorder.arrived();
        int connections = run.connections();
        try {
            while (recorder.arrived() == arrived
                    && !recorder.inputEnded()
                    && run.connections() == connections
                    && System.nanoTime() - last < 0) {
                long tick = System.nanoTime() + ConnectionFault.TICK.toNanos();
                transport.awaitInput(arrived, Math.min(last, tick));
            }
        } finally {
            run.delayEnds();
        }
    }
}

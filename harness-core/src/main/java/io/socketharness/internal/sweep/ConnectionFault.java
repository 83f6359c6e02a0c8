package io.socketharness.internal.sweep;

import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.network.NetworkConditions.stopReading;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.internal.sweep.Place.Kind;
import io.socketharness.network.NetworkCondition;
import io.socketharness.sweep.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fault of a connection: whether it is due, and its effect on the simulated network. The network acts below TLS. The
 * faults begin above TLS, so that places count unencrypted bytes.
 */
final class ConnectionFault {

    /** How often a wait checks for a condition that does not wake it. */
    static final Duration TICK = Duration.ofMillis(20);

    private final FaultInjection run;
    private final TransportChannel transport;
    private final ExchangeRecorder recorder;
    private final ConnectionTrace trace = new ConnectionTrace();

    private volatile boolean fired;
    /** Nothing that the server sends arrives any more. */
    private volatile boolean ended;
    /** The server neither receives nor sends any more. */
    private volatile boolean silent;

    ConnectionFault(FaultInjection run, TransportChannel transport, ExchangeRecorder recorder) {
        this.run = run;
        this.transport = transport;
        this.recorder = recorder;
    }

    int index() {
        return recorder.exchange().index();
    }

    ConnectionTrace trace() {
        return trace;
    }

    boolean hasFired() {
        return fired;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The fault that has not happened yet; null without one. */
    @Nullable
    PlannedFault pending() {
        return fired ? null : run.faultOf(index());
    }

    /** The fault that has not happened yet, if its place is of this kind and before the next message. */
    @Nullable
    PlannedFault pendingHere(Kind kind) {
        PlannedFault fault = pending();
        return fault != null && fault.place().isIn(kind) && fault.place().message() == trace.size() ? fault : null;
    }

    /** The fault to inject now, before the next message; null if there is none, or the dialogue has changed. */
    @Nullable
    PlannedFault due(Kind kind) {
        PlannedFault fault = pendingHere(kind);
        return fault != null && isAsBefore(null) ? fault : null;
    }

    /** The fault to inject in the next message; null if there is none, or the dialogue has changed. */
    @Nullable
    PlannedFault due(TracedMessage next) {
        PlannedFault fault = pendingHere(Kind.MESSAGE);
        return fault != null && expected(fault).fromServer() == next.fromServer() && isAsBefore(next) ? fault : null;
    }

    /** The message of the clean run at the place of a fault. */
    TracedMessage expected(PlannedFault fault) {
        return run.messages(fault).get(fault.place().message());
    }

    /**
     * Whether the dialogue so far is that of the clean run.
     *
     * @param next the message with the fault; null if it has not arrived, or there is none
     */
    boolean isAsBefore(@Nullable TracedMessage next) {
        Map<String, String> address = recorder.recorder().address();
        return run.isAsBefore(index(), trace, next, address);
    }

    /** Notes that the fault happens. */
    void begin() {
        fired = true;
        run.fired();
    }

    /** Lets the fault happen in the simulated network. */
    void fire(NetworkCondition condition) {
        begin();
        transport.network(run, List.of(condition));
    }

    /** Ends the connection, or the data to the client, after a number of further bytes to the client. */
    void end(Effect effect, int bytes) {
        ended = true;
        switch (effect) {
            case CLOSE -> fire(limit(bytes).halfClose().toClient());
            case RESET -> fire(limit(bytes).reset().toClient());
            case STALL -> fire(limit(bytes).stall().toClient());
            case STOP_READING -> {
                fire(stopReading());
                silent = true;
            }
            default -> throw new IllegalArgumentException("not an end: " + effect);
        }
    }

    /** Stops to read for a time. */
    void stopReadingUntil(long deadline) {
        fire(stopReading());
        transport.pause(deadline);
        passAll();
    }

    /** After stop-reading, waits until the connection ends, or the run is over. */
    void beSilent(long deadline) {
        while (silent && !recorder.inputEnded() && System.nanoTime() - deadline < 0) {
            transport.awaitInput(Long.MAX_VALUE, Math.min(deadline, System.nanoTime() + TICK.toNanos()));
        }
    }

    /** Ends the fault, so that the network passes the data that it holds back. */
    void release() {
        silent = false;
        if (fired) {
            passAll();
        }
    }

    private void passAll() {
        transport.network(run, List.of());
    }
}

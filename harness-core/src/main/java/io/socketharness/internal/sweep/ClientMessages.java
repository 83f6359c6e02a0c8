package io.socketharness.internal.sweep;

import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.duplicateDatagrams;
import static io.socketharness.network.NetworkConditions.swapDatagrams;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.sweep.Place.Kind;
import io.socketharness.recording.Bytes;
import io.socketharness.sweep.Effect;
import java.time.Duration;
import java.util.List;

/** Traces the messages of the client on a connection, and injects the fault in one of them. */
final class ClientMessages {

    private static final Duration READING_PAUSE = Duration.ofMillis(300);

    private final FaultInjection run;
    private final ConnectionFault connection;
    private final ExchangeRecorder recorder;
    /** Where the next message begins: bytes of a stream, or datagrams. */
    private volatile long begin;
    /** The index of the message that a fault has cut; -1 for none. */
    private volatile int cutMessage = -1;

    ClientMessages(FaultInjection run, ConnectionFault connection, ExchangeRecorder recorder) {
        this.run = run;
        this.connection = connection;
        this.recorder = recorder;
    }

    /** Injects a fault in a datagram, which the network does by its number. */
    void injectInDatagram(PlannedFault fault) {
        if (connection.expected(fault).fromServer()) {
            return;
        }
        List<TracedMessage> before =
                run.messages(fault).subList(0, fault.place().message());
        int number = 1
                + (int) before.stream().filter(message -> !message.fromServer()).count();
        switch (fault.effect()) {
            case DROP -> connection.fire(dropDatagrams(number).toServer());
            case DUPLICATE -> connection.fire(duplicateDatagrams(number).toServer());
            default -> connection.fire(swapDatagrams(number, number + 1).toServer());
        }
    }

    /** Injects the fault in the next message of a stream when the bytes before its place have arrived. */
    void injectInArrived(long deadline) {
        PlannedFault fault = recorder.exchange().isDatagrams() ? null : connection.pendingHere(Kind.MESSAGE);
        if (fault == null) {
            return;
        }
        TracedMessage expected = connection.expected(fault);
        int offset = fault.place().offset();
        if (!expected.fromServer()
                && offset < expected.size()
                && recorder.arrived() >= begin + Math.max(1, offset)
                && connection.isAsBefore(null)) {
            cutMessage = fault.effect().isHarmless() ? -1 : connection.trace().size();
            inject(fault.effect(), deadline);
        }
    }

    private void inject(Effect effect, long deadline) {
        if (effect == Effect.SLOW_READING) {
            connection.stopReadingUntil(Math.min(deadline, System.nanoTime() + READING_PAUSE.toNanos()));
        } else {
            connection.end(effect, 0);
        }
    }

    /** Notes that the script has received the input up to a position: bytes of a stream, or datagrams. */
    void received(long position) {
        boolean datagrams = recorder.exchange().isDatagrams();
        for (long from = begin; from < position; from = begin) {
            long to = datagrams ? from + 1 : position;
            byte[] bytes = (datagrams ? recorder.datagram(from) : recorder.received(from, to)).orElse(new byte[0]);
            injectInArrived(Long.MAX_VALUE);
            ConnectionTrace trace = connection.trace();
            boolean cut = cutMessage == trace.size();
            TracedMessage message = new TracedMessage(false, Bytes.of(bytes), !cut);
            PlannedFault after = datagrams || cut ? null : connection.due(message);
            trace.add(message);
            begin = to;
            if (after != null) {
                inject(after.effect(), Long.MAX_VALUE);
            }
        }
    }
}

package io.socketharness.internal.sweep;

import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.duplicateDatagrams;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.network.NetworkConditions.stopReading;
import static io.socketharness.network.NetworkConditions.swapDatagrams;
import static io.socketharness.network.NetworkConditions.truncateDatagram;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.DelegatingChannel;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.internal.sweep.Place.Kind;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Bytes;
import io.socketharness.sweep.Effect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The channel of a connection in a sweep: it traces the messages of the script, and injects the fault of the run at its
 * place. The faults are conditions of the simulated network, which act below TLS. They begin here, above TLS, so that
 * places count unencrypted bytes.
 */
final class SweptChannel extends DelegatingChannel {

    private static final Duration BETWEEN_PIECES = Duration.ofMillis(20);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(1);
    private static final Duration READING_PAUSE = Duration.ofMillis(300);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final int BYTE_BY_BYTE = 64;

    private final FaultInjection run;
    private final ExchangeRecorder recorder;
    private final ConnectionTrace trace = new ConnectionTrace();
    /** Where the next message of the client begins: bytes of a stream, or datagrams. */
    private volatile long inputFrom;

    private volatile boolean fired;
    /** A datagram that waits until the client has done something else. */
    private final AtomicReference<@Nullable Message> late = new AtomicReference<>();
    /** Nothing that the server sends arrives any more. */
    private volatile boolean ended;
    /** The message of the client that a fault has cut; -1 for none. */
    private volatile int cutMessage = -1;
    /** The server neither receives nor sends any more. */
    private volatile boolean silent;
    /** The script waits for it. */
    private volatile CountDownLatch begin = new CountDownLatch(0);
    /** A message that waits for the next one. */
    private byte @Nullable [] held;

    SweptChannel(TransportChannel transport, FaultInjection run, ExchangeRecorder recorder) {
        super(transport);
        this.run = run;
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

    private Map<String, String> address() {
        return recorder.recorder().address();
    }

    /** Delays the script until a change of the server is done, so that the client cannot connect again before it. */
    void holdUntil(CountDownLatch change) {
        begin = change;
    }

    private void awaitBegin(long deadline) {
        try {
            begin.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
    }

    /** Injects faults that begin before the first byte. */
    void opened() {
        PlannedFault fault = next();
        if (fault == null) {
            return;
        }
        Place place = fault.place();
        boolean atStart = place.isIn(Kind.HANDSHAKE) && place.message() == 0 && run.beginsWithTls();
        if (atStart || place.isIn(Kind.ACCEPT) && fault.effect() != Effect.REFUSE && fault.effect() != Effect.IGNORE) {
            end(fault.effect(), place.offset());
        } else if (place.isIn(Kind.MESSAGE) && recorder.exchange().isDatagrams()) {
            datagramOfClient(fault);
        }
    }

    private void datagramOfClient(PlannedFault fault) {
        List<TracedMessage> messages = run.messages(fault);
        if (messages.get(fault.place().message()).fromServer()) {
            return;
        }
        int number = (int) messages.subList(0, fault.place().message()).stream()
                        .filter(message -> !message.fromServer())
                        .count()
                + 1;
        switch (fault.effect()) {
            case DROP -> fire(dropDatagrams(number).toServer());
            case DUPLICATE -> fire(duplicateDatagrams(number).toServer());
            default -> fire(swapDatagrams(number, number + 1).toServer());
        }
    }

    /** The fault of the connection that has not happened yet. */
    private @Nullable PlannedFault next() {
        return fired ? null : run.faultOf(index());
    }

    /** The fault at the next message of a direction, if the dialogue before it is that of the clean run. */
    private @Nullable PlannedFault here(boolean fromServer, @Nullable TracedMessage message) {
        PlannedFault fault = next();
        return fault != null
                        && fault.place().isIn(Kind.MESSAGE)
                        && fault.place().message() == trace.size()
                        && run.messages(fault).get(fault.place().message()).fromServer() == fromServer
                        && run.isAsBefore(index(), trace, message, address())
                ? fault
                : null;
    }

    /** Notes that the fault happens. */
    private void begin() {
        fired = true;
        run.fired();
    }

    private void fire(NetworkCondition... conditions) {
        begin();
        network(run, List.of(conditions));
    }

    /** Ends the connection, or the data to the client, after a number of further bytes to the client. */
    private void end(Effect effect, int bytes) {
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

    @Override
    public void send(ByteBuffer data, long deadline) {
        awaitBegin(deadline);
        inputReached(deadline);
        beSilent(deadline);
        sendLate();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        Message message = new Message(bytes, deadline);
        byte[] before = held;
        if (before != null) {
            held = null;
            message.sendAfter(before);
            return;
        }
        PlannedFault fault = here(true, message.traced(true));
        if (fault == null) {
            message.sendWhole();
        } else {
            message.send(fault);
        }
    }

    /** A message of the server with its fault. */
    private final class Message {

        private final byte[] bytes;
        private final long deadline;

        Message(byte[] bytes, long deadline) {
            this.bytes = bytes;
            this.deadline = deadline;
        }

        TracedMessage traced(boolean whole) {
            return new TracedMessage(true, Bytes.of(bytes), whole);
        }

        void sendWhole() {
            traced(() -> pass(0, bytes.length));
        }

        /** Sends it in one write with the message before it. */
        void sendAfter(byte[] before) {
            byte[] both = Arrays.copyOf(before, before.length + bytes.length);
            System.arraycopy(bytes, 0, both, before.length, bytes.length);
            traced(() -> SweptChannel.super.send(ByteBuffer.wrap(both), deadline));
        }

        private void traced(Runnable send) {
            int index = trace.add(traced(!ended));
            try {
                send.run();
            } catch (RuntimeException notSent) {
                trace.cut(index);
                throw notSent;
            }
        }

        void send(PlannedFault fault) {
            // before the client can end the run
            begin();
            switch (fault.effect()) {
                case SPLIT -> traced(this::passInPieces);
                case COALESCE -> {
                    trace.add(traced(true));
                    held = bytes;
                }
                case DELAY -> passLate(Math.min(fault.place().offset(), bytes.length));
                case DROP -> passDatagram(false, dropDatagrams(1).toClient());
                case DUPLICATE -> passDatagram(true, duplicateDatagrams(1).toClient());
                case SWAP -> passDatagram(true, swapDatagrams(1, 2).toClient());
                case TRUNCATE ->
                    passDatagram(false, truncateDatagram(1, bytes.length / 2).toClient());
                default -> passUntil(Math.min(fault.place().offset(), bytes.length), fault.effect());
            }
        }

        private void passUntil(int offset, Effect effect) {
            trace.add(traced(offset == bytes.length));
            if (offset > 0) {
                pass(0, offset);
            }
            end(effect, 0);
            if (offset < bytes.length) {
                pass(offset, bytes.length);
            }
        }

        private void pass(int from, int to) {
            SweptChannel.super.send(ByteBuffer.wrap(bytes, from, to - from), deadline);
        }

        private void passDatagram(boolean arrives, NetworkCondition condition) {
            trace.add(traced(arrives));
            fire(condition);
            pass(0, bytes.length);
        }

        private void passInPieces() {
            int size = bytes.length;
            int[] ends = size <= BYTE_BY_BYTE
                    ? IntStream.rangeClosed(1, size).toArray()
                    : new int[] {1, size / 2, size - 1, size};
            Duration pause = size <= BYTE_BY_BYTE ? BETWEEN_BYTES : BETWEEN_PIECES;
            int from = 0;
            for (int end : ends) {
                if (from > 0) {
                    pause(System.nanoTime() + pause.toNanos());
                }
                pass(from, end);
                from = end;
            }
        }

        /** Sends it after the client has done something else, or when it has waited long enough. */
        private void passLate(int offset) {
            long last = System.nanoTime() + run.longestDelay();
            if (recorder.exchange().isDatagrams()) {
                trace.add(traced(true));
                late.set(this);
                // the thread that receives must not wait
                run.inBackground(() -> {
                    awaitClient(last);
                    sendLate();
                });
            } else {
                traced(() -> {
                    if (offset > 0) {
                        pass(0, offset);
                    }
                    awaitClient(last);
                    pass(offset, bytes.length);
                });
            }
        }
    }

    /** Sends a delayed datagram, unless another thread does. An answer to a repeated question comes after it. */
    private void sendLate() {
        Message delayed = late.getAndSet(null);
        if (delayed != null) {
            delayed.pass(0, delayed.bytes.length);
        }
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
                super.awaitInput(arrived, Math.min(last, System.nanoTime() + TICK.toNanos()));
            }
        } finally {
            run.delayEnds();
        }
    }

    /** Injects the fault in a message of the client when that much of it has arrived. */
    private void inputReached(long deadline) {
        if (recorder.exchange().isDatagrams()) {
            return;
        }
        PlannedFault fault = next();
        if (fault == null || !fault.place().isIn(Kind.MESSAGE) || fault.place().message() != trace.size()) {
            return;
        }
        TracedMessage expected = run.messages(fault).get(trace.size());
        int offset = fault.place().offset();
        if (!expected.fromServer()
                && offset < expected.size()
                && recorder.arrived() >= inputFrom + Math.max(1, offset)
                && run.isAsBefore(index(), trace, null, address())) {
            cutMessage = fault.effect().isHarmless() ? -1 : trace.size();
            fire(fault.effect(), deadline);
        }
    }

    private void fire(Effect effect, long deadline) {
        if (effect == Effect.SLOW_READING) {
            fire(stopReading());
            pause(Math.min(deadline, System.nanoTime() + READING_PAUSE.toNanos()));
            network(run, List.of());
        } else {
            end(effect, 0);
        }
    }

    @Override
    public void received(long position) {
        for (long from = inputFrom; from < position; from = inputFrom) {
            boolean datagram = recorder.exchange().isDatagrams();
            long to = datagram ? from + 1 : position;
            byte[] bytes = (datagram ? recorder.datagram(from) : recorder.received(from, to)).orElse(new byte[0]);
            inputReached(Long.MAX_VALUE);
            boolean cut = cutMessage == trace.size();
            TracedMessage message = new TracedMessage(false, Bytes.of(bytes), !cut);
            PlannedFault after = datagram || cut ? null : here(false, message);
            trace.add(message);
            inputFrom = to;
            if (after != null) {
                fire(after.effect(), Long.MAX_VALUE);
            }
        }
    }

    @Override
    public boolean awaitInput(long seen, long deadline) {
        awaitBegin(deadline);
        flush(deadline);
        inputReached(deadline);
        beSilent(deadline);
        boolean came = super.awaitInput(seen, deadline);
        inputReached(deadline);
        beSilent(deadline);
        return came;
    }

    /** After stop-reading, waits until the connection ends, or the run is over. */
    private void beSilent(long deadline) {
        while (silent && !recorder.inputEnded() && System.nanoTime() - deadline < 0) {
            super.awaitInput(Long.MAX_VALUE, Math.min(deadline, System.nanoTime() + TICK.toNanos()));
        }
    }

    /** Sends a message that waits for another one, which does not follow at once. */
    private void flush(long deadline) {
        byte[] alone = held;
        if (alone != null) {
            held = null;
            run.cannot("the server waits between the two messages");
            super.send(ByteBuffer.wrap(alone), deadline);
        }
    }

    @Override
    public TlsTransport tls() {
        TlsTransport tls = super.tls();
        return new DelegatingTls(tls) {
            @Override
            public long start(long from, boolean tolerant, long deadline) {
                flush(deadline);
                trace.upgrades();
                PlannedFault fault = next();
                if (fault != null
                        && fault.place().isIn(Kind.HANDSHAKE)
                        && fault.place().message() == trace.size()
                        && run.isAsBefore(index(), trace, null, address())) {
                    end(fault.effect(), fault.place().offset());
                }
                return tls.start(from, tolerant, deadline);
            }
        };
    }

    /** Notes that the script ends the connection; returns whether a fault takes the place of this end. */
    private boolean isEndReplaced() {
        flush(Long.MAX_VALUE);
        inputReached(Long.MAX_VALUE);
        beSilent(Long.MAX_VALUE);
        trace.endByServer();
        PlannedFault fault = next();
        if (fault == null
                || !fault.place().isIn(Kind.CLOSE)
                || fault.place().message() != trace.size()
                || !run.isAsBefore(index(), trace, null, address())) {
            return false;
        }
        end(fault.effect(), 0);
        if (fault.effect() == Effect.STALL) {
            super.awaitEnd();
        }
        return true;
    }

    @Override
    public void halfClose() {
        if (!isEndReplaced()) {
            super.halfClose();
        }
    }

    @Override
    public void close(long deadline) {
        if (!isEndReplaced()) {
            super.close(deadline);
        }
    }

    @Override
    public void closeNow(long deadline) {
        if (!isEndReplaced()) {
            super.closeNow(deadline);
        }
    }

    /** Ends the fault, so that what was held back passes. */
    void release() {
        silent = false;
        if (fired) {
            network(run, List.of());
        }
    }
}

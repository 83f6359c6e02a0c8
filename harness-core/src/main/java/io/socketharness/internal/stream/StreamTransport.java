package io.socketharness.internal.stream;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The operations of a stream socket for scripts and tests: wait, send, half-close, close, reset. The channel is
 * non-blocking. A waiting thread uses a selector, and any thread may read pending input, so that a verification sees
 * all input.
 */
final class StreamTransport implements TransportChannel {

    /** How long a close continues to read. A RST for unread bytes could overtake sent data. */
    static final Duration LINGER = Duration.ofMillis(200);

    private final StreamWire wire;
    private final SocketChannel channel;
    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final boolean canReset;
    private final StreamTlsSteps tlsSteps;
    private final StreamSelectors selectors;
    private final StreamInput input;
    private final StreamWaits waits;
    private final StreamOutput output;
    private final StreamConditions conditions;
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Data in the simulated network is lost. */
    private volatile boolean aborted;

    StreamTransport(
            ServerRuntime runtime, StreamWire wire, ExchangeRecorder recorder, StreamTls tls, boolean canReset) {
        this.canReset = canReset;
        this.wire = wire;
        this.channel = wire.channel();
        this.recorder = recorder;
        this.tls = tls;
        this.selectors = new StreamSelectors(channel);
        this.input = new StreamInput(wire, recorder, tls, selectors);
        this.waits = new StreamWaits(wire, recorder, tls, selectors, input);
        this.tlsSteps = new StreamTlsSteps(this, tls, recorder, wire);
        this.output = new StreamOutput(wire, recorder, tls, tlsSteps, selectors, input, waits, canReset);
        this.conditions = new StreamConditions(runtime, this, wire, recorder, tls, selectors);
    }

    StreamInput input() {
        return input;
    }

    @Override
    public void network(List<NetworkCondition> to) {
        conditions.change(to, link -> link.conditions(to));
    }

    @Override
    public void network(Object run, List<NetworkCondition> to) {
        conditions.change(to, link -> link.conditions(run, to));
    }

    @Override
    public long heldInput() {
        return conditions.heldInput();
    }

    /** The simulated network in front of the connection. */
    StreamConditions conditions() {
        return conditions;
    }

    @Override
    public boolean awaitInput(long seen, long deadline) {
        input.wanted(true);
        try {
            return waits.until(() -> recorder.arrived() > seen || recorder.inputEnded(), deadline);
        } finally {
            input.wanted(false);
        }
    }

    @Override
    public void pause(long deadline) {
        waits.until(() -> false, deadline);
    }

    @Override
    public void awaitEnd() {
        drain(recorder::inputEnded);
    }

    /** Reads input until {@code done} returns true. It is evaluated at each change and at {@link #wakeAll}. */
    void drain(BooleanSupplier done) {
        waits.until(done, Long.MAX_VALUE);
    }

    boolean until(BooleanSupplier done, long deadline) {
        return waits.until(done, deadline);
    }

    /** Makes all waiting threads evaluate their conditions again, because the channel is closed. */
    void wakeAll() {
        selectors.wakeReader();
        recorder.changed();
    }

    @Override
    public void send(ByteBuffer data, long deadline) {
        output.send(data, deadline);
    }

    @Override
    public boolean isSendBlocked() {
        return waits.isSendBlocked();
    }

    @Override
    public boolean isWaiting() {
        return waits.isWaiting();
    }

    @Override
    public void halfClose() {
        output.halfClose();
    }

    /** Sends a FIN without the close_notify that TLS requires. */
    void truncate() {
        output.truncate();
    }

    @Override
    public Optional<String> lackOfTls() {
        return tls.lack();
    }

    @Override
    public TlsTransport tls() {
        return tlsSteps;
    }

    @Override
    public void awaitTls() {
        if (tls.isUnderWay()) {
            drain(this::isTlsSettled);
            input.awaitReader();
        }
    }

    /**
     * Returns whether bytes can be sent without waiting, unencrypted or through TLS, or the server has ended the
     * connection.
     */
    boolean isTlsSettled() {
        return tls.isSettled() || recorder.has(Event.Kind.CLOSED) || recorder.has(Event.Kind.RESET_BY_SERVER);
    }

    /** Starts TLS on a server that uses it from the first byte. */
    void secure() {
        if (tls.isUndecided()) {
            input.change(() -> tls.begin(0, false));
        }
    }

    @Override
    public void close(long patience) {
        if (!channel.isOpen()) {
            return;
        }
        if (closing.getAndSet(true)) {
            awaitClose();
            return;
        }
        boolean wasOpen = !output.isClosed();
        output.close();
        StreamOutput.quietly(() -> recorder.during(Event.Kind.CLOSED, "", () -> {
            if (wasOpen && !clientEndedByReset()) {
                output.shutdown();
            }
        }));
        try {
            input.unlimited(true);
            conditions.awaitFlushed(patience);
            long deadline = System.nanoTime() + LINGER.toNanos();
            until(() -> input.clientEnded() || System.nanoTime() - deadline >= 0, deadline);
            input.drainSystem();
        } catch (CancellationException interrupted) {
            // then the connection is closed at once, and the thread stays interrupted
        } finally {
            release();
        }
    }

    /** Also ends a {@link #close} that still reads. */
    @Override
    public void closeNow(long patience) {
        if (!channel.isOpen()) {
            return;
        }
        boolean wasOpen = !output.isClosed();
        output.close();
        if (closing.getAndSet(true)) {
            release();
            return;
        }
        conditions.awaitFlushed(patience);
        StreamOutput.quietly(() -> recorder.during(Event.Kind.CLOSED, ExchangeRecorder.CLOSED_NOW, () -> {
            if (wasOpen && !clientEndedByReset()) {
                StreamOutput.quietly(tls::halfClose);
            }
            closeChannel();
        }));
        input.discardBuffers();
    }

    /** Waits until another thread has closed the connection. */
    private void awaitClose() {
        long deadline = System.nanoTime() + LINGER.toNanos();
        try {
            recorder.await(() -> recorder.has(Event.Kind.CLOSED) || !channel.isOpen(), deadline);
        } catch (CancellationException interrupted) {
            // the other thread closes the connection anyway
        }
    }

    private boolean clientEndedByReset() {
        return recorder.has(Event.Kind.RESET_BY_CLIENT);
    }

    @Override
    public boolean canReset() {
        return canReset;
    }

    @Override
    public void requireReset() {
        if (!canReset) {
            throw new UnsupportedOperationException("Unix sockets have no RST; use close()");
        }
    }

    @Override
    public void reset(long patience) {
        requireReset();
        if (!channel.isOpen()) {
            return;
        }
        output.close();
        conditions.awaitFlushed(patience);
        aborted = true;
        StreamOutput.quietly(() -> recorder.during(Event.Kind.RESET_BY_SERVER, "", () -> {
            wire.resetAtClose();
            closeChannel();
        }));
        input.discardBuffers();
    }

    @Override
    public void abort() {
        aborted = true;
        if (canReset) {
            reset(System.nanoTime());
        } else {
            closeNow(System.nanoTime());
        }
    }

    /** Ends all waits. The channel stays open. */
    void stop() {
        aborted = true;
        waits.stop();
    }

    /** Releases the selectors, because the client has ended; after its RST also the channel. */
    void rest() {
        if (!channel.isOpen()) {
            return;
        }
        if (clientEndedByReset()) {
            abandon();
        } else {
            selectors.rest();
        }
    }

    /** Releases a connection that no script has claimed. A later claim finds the recorded input, but no client. */
    void abandon() {
        if (channel.isOpen()) {
            output.abandon();
            end();
        }
    }

    /**
     * Closes the channel, with a FIN if no input is unread. The system keeps it open until the selectors have released
     * it.
     */
    void release() {
        closeChannel();
        input.discardBuffers();
    }

    private void closeChannel() {
        output.release();
        try {
            selectors.close();
        } finally {
            StreamOutput.quietly(this::closeWire);
            recorder.released();
        }
    }

    /** The simulated network closes it behind the data that is still on its way, unless the server is closed. */
    private void closeWire() throws IOException {
        StreamNetwork network = wire.network();
        if (network == null || network.isOver()) {
            wire.close();
        } else if (!aborted) {
            network.closeAfterOutput();
        } else {
            if (canReset) {
                wire.resetAtClose();
            }
            wire.close();
        }
    }

    /** Closes the channel when the server is closed. Reads pending input first, so that the client sees a FIN. */
    void end() {
        if (!channel.isOpen()) {
            return;
        }
        // the end of the client is recorded first if it came first
        input.awaitReader();
        if (!output.isClosed() && !clientEndedByReset()) {
            output.close();
            StreamOutput.quietly(() -> recorder.during(Event.Kind.CLOSED, "", output::shutdown));
        }
        input.unlimited(true);
        input.drainSystem();
        release();
    }

    boolean isOpen() {
        return channel.isOpen();
    }
}

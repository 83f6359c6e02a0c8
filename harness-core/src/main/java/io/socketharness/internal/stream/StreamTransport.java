package io.socketharness.internal.stream;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.recording.Event;
import java.io.Closeable;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
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

    private final SocketChannel channel;
    /** Closed at the end, together with the channel. */
    private final Closeable bytes;

    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final boolean canReset;
    private final StreamTlsSteps tlsSteps;
    private final StreamSelectors selectors;
    private final StreamInput input;
    private final StreamWaits waits;
    private final StreamOutput output;
    private final AtomicBoolean closing = new AtomicBoolean();

    StreamTransport(
            SocketChannel channel, ByteChannel bytes, ExchangeRecorder recorder, StreamTls tls, boolean canReset) {
        this.canReset = canReset;
        this.channel = channel;
        this.bytes = bytes;
        this.recorder = recorder;
        this.tls = tls;
        this.selectors = new StreamSelectors(channel);
        this.input = new StreamInput(channel, recorder, tls, selectors);
        this.waits = new StreamWaits(channel, recorder, tls, selectors, input);
        this.tlsSteps = new StreamTlsSteps(this, tls, recorder, bytes);
        this.output = new StreamOutput(channel, recorder, tls, tlsSteps, selectors, input, waits, canReset);
    }

    StreamInput input() {
        return input;
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
    public void close() {
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
            long deadline = System.nanoTime() + LINGER.toNanos();
            until(() -> input.clientEnded() || System.nanoTime() - deadline >= 0, deadline);
            input.drainSystem();
        } catch (CancellationException interrupted) {
            // then the connection is closed at once, and the thread stays interrupted
        } finally {
            release();
        }
    }

    /** Also ends a {@link #close()} that still reads. */
    @Override
    public void closeNow() {
        if (!channel.isOpen()) {
            return;
        }
        boolean wasOpen = !output.isClosed();
        output.close();
        if (closing.getAndSet(true)) {
            release();
            return;
        }
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
    public void requireReset() {
        if (!canReset) {
            throw new UnsupportedOperationException("Unix sockets have no RST; use close()");
        }
    }

    @Override
    public void reset() {
        requireReset();
        if (!channel.isOpen()) {
            return;
        }
        output.close();
        StreamOutput.quietly(() -> recorder.during(Event.Kind.RESET_BY_SERVER, "", () -> {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            closeChannel();
        }));
        input.discardBuffers();
    }

    /** Ends all waits. The channel stays open. */
    void stop() {
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
            StreamOutput.quietly(bytes::close);
            recorder.released();
        }
    }

    /** Closes the channel when the server is closed. Reads pending input first, so that the client sees a FIN. */
    void end() {
        if (!channel.isOpen()) {
            return;
        }
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

package io.socketharness.internal.stream;

import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.tls.TlsChannel;
import io.socketharness.internal.tls.TlsException;
import io.socketharness.recording.Event;
import io.socketharness.recording.Handshake;
import io.socketharness.script.ClientGone;
import io.socketharness.tls.ServerTls;
import io.socketharness.tls.TlsSessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The TLS state of a stream. The reading thread drives the handshake: all changes happen under the transport's lock for
 * reading.
 */
final class StreamTls {

    private enum State {
        /** No encryption. */
        CLEAR,
        /** TLS from the first byte, unless the script begins with another TLS step; nothing is read before. */
        UNDECIDED,
        AWAITS_HELLO,
        HANDSHAKE,
        ESTABLISHED,
        /** The client left before its hello, as a probe does; it gets no unencrypted data. */
        MISSED,
        FAILED
    }

    private final ByteChannel channel;
    private final ExchangeRecorder recorder;
    private final ServerTls tls;
    private final Duration timeout;
    private final @Nullable SSLEngine prepared;
    private volatile State state;
    private volatile @Nullable TlsChannel secure;
    private volatile boolean wantsToWrite;
    private volatile long deadline = Long.MAX_VALUE;
    private long arrived;
    private boolean tolerant;
    private long dropped;

    StreamTls(ByteChannel channel, ExchangeRecorder recorder, ServerTls tls, ServerSpec spec) {
        this.channel = channel;
        this.recorder = recorder;
        this.tls = tls;
        this.timeout = spec.timeout();
        boolean secured = spec.transport() == Transport.TLS;
        this.state = secured ? State.UNDECIDED : State.CLEAR;
        this.prepared = secured ? prepare() : null;
    }

    /**
     * The first engine waits for a certificate. The thread that accepts the connection waits for it, and no time limit
     * has started.
     */
    private @Nullable SSLEngine prepare() {
        try {
            return tls.engine();
        } catch (RuntimeException | LinkageError lacking) {
            // the connection's thread fails in the same way and reports it
            return null;
        }
    }

    private SSLEngine engine() {
        SSLEngine ready = prepared;
        return ready == null ? tls.engine() : ready;
    }

    /** The channel for the bytes: plain or TLS. */
    ByteChannel stream() {
        TlsChannel spoken = spoken();
        return spoken == null ? channel : spoken;
    }

    /** The TLS channel, if TLS is established. */
    private @Nullable TlsChannel spoken() {
        return state == State.ESTABLISHED ? secure : null;
    }

    boolean isUndecided() {
        return state == State.UNDECIDED;
    }

    /** Whether the stream waits for a hello or a handshake. */
    boolean isUnderWay() {
        return state == State.AWAITS_HELLO || state == State.HANDSHAKE;
    }

    boolean isClear() {
        return state == State.CLEAR;
    }

    /** Whether data can be read and written, plain or encrypted, or never can. */
    boolean isSettled() {
        return !isUndecided() && !isUnderWay();
    }

    boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    /** Why TLS is not established yet; empty if it is, or is not needed. */
    Optional<String> lack() {
        return switch (state) {
            case AWAITS_HELLO, HANDSHAKE ->
                Optional.of(
                        deadline == Long.MAX_VALUE
                                ? "the client has not sent a TLS hello"
                                : "the client has not completed the TLS handshake");
            case MISSED -> Optional.of("the client closed the connection without a TLS hello");
            default -> Optional.empty();
        };
    }

    /** Whether the handshake waits for room to write, not for the client. */
    boolean wantsToWrite() {
        return wantsToWrite;
    }

    /** The deadline of a handshake in progress; {@link Long#MAX_VALUE} without one. */
    long deadline() {
        return deadline;
    }

    /** How long a client may take for its part of a handshake. */
    Duration timeout() {
        return timeout;
    }

    long dropped() {
        return dropped;
    }

    /** Whether a record waits for room. */
    boolean hasPending() {
        TlsChannel spoken = spoken();
        return spoken != null && spoken.hasPending();
    }

    /** Whether a read returns data without new input. */
    boolean hasMore() {
        TlsChannel spoken = spoken();
        return spoken != null && spoken.hasMore();
    }

    void begin(long from, boolean dropsClearBytes) {
        if (!mayBegin()) {
            return;
        }
        tolerant = dropsClearBytes;
        channel(from);
        enter(State.HANDSHAKE);
    }

    void beginHello(long from) {
        if (!mayBegin()) {
            return;
        }
        channel(from);
        enter(State.AWAITS_HELLO);
    }

    void beginFlight(long from, int bytes) {
        if (!mayBegin()) {
            return;
        }
        channel(from).limitFlight(bytes);
        enter(State.HANDSHAKE);
    }

    /** Whether the client's hello has arrived and is unanswered. */
    boolean hasHello() {
        return recorder.has(Event.Kind.TLS_HELLO);
    }

    /** Restarts the client's time limit: it counts from the client's next or pending bytes. */
    private void enter(State next) {
        deadline = Long.MAX_VALUE;
        arrived = 0;
        state = next;
    }

    /** Whether TLS can begin; false if the client has left, which the waiting thread reports. */
    private boolean mayBegin() {
        if (state == State.FAILED) {
            throw new ClientGone(failure());
        }
        if (state != State.CLEAR && state != State.UNDECIDED && state != State.MISSED) {
            throw new IllegalStateException("the connection is already encrypted, and TLS can begin only once; a"
                    + " client that waits for a script starts TLS immediately: enqueue its script before it connects");
        }
        return state != State.MISSED;
    }

    private TlsChannel channel(long from) {
        TlsChannel begun = secure;
        if (begun == null) {
            begun = new TlsChannel(channel, engine(), recorder.takeBack(from));
            secure = begun;
        }
        return begun;
    }

    /** Continues without waiting; false if the client must continue first. */
    boolean advance() {
        TlsChannel begun = secure;
        if (begun == null) {
            return false;
        }
        try {
            if (tolerant) {
                drop(begun.dropClear());
            }
            boolean moved = state == State.AWAITS_HELLO ? hello(begun) : handshake(begun);
            if (begun.isEnded() && !begun.hasBegun()) {
                // it left without a byte: a normal end
                enter(State.MISSED);
                return true;
            }
            if (isUnderWay() && begun.hasBegun() && begun.arrived() > arrived) {
                // the limit counts only the client's time, not this side's computation
                arrived = begun.arrived();
                deadline = System.nanoTime() + timeout.toNanos();
            }
            return moved;
        } catch (TlsException failed) {
            if (!begun.hasBegun() && begun.isEnded()) {
                enter(State.MISSED);
                return true;
            }
            fail(failed.failure());
            return true;
        } catch (IOException reset) {
            enter(State.MISSED);
            return true;
        }
    }

    private void drop(byte[] clear) {
        if (clear.length > 0) {
            dropped += clear.length;
            recorder.received(ByteBuffer.wrap(clear));
        }
    }

    private boolean hello(TlsChannel begun) throws IOException {
        return begun.readHello()
                .map(hello -> {
                    enter(State.CLEAR);
                    recorder.event(Event.Kind.TLS_HELLO, "TLS " + hello);
                    return true;
                })
                .orElse(false);
    }

    private boolean handshake(TlsChannel begun) throws IOException {
        TlsChannel.Progress progress = begun.handshake();
        wantsToWrite = progress == TlsChannel.Progress.NEEDS_OUTPUT;
        if (progress == TlsChannel.Progress.DONE) {
            enter(State.ESTABLISHED);
            Handshake outcome = begun.established();
            if (!outcome.resumed()) {
                recorder.client().notResumed(whyNotResumed());
            }
            recorder.established(outcome);
            return true;
        }
        if (begun.isLimitReached()) {
            wantsToWrite = false;
            enter(State.CLEAR);
            recorder.event(Event.Kind.TLS_FAULT, "TLS: a part of the server's handshake sent, the rest withheld");
            return true;
        }
        return false;
    }

    /** Releases the resources for reading and writing, because the channel is closed. */
    void release() {
        secure = null;
    }

    /** Fails a handshake that takes too long. */
    void timeOut() {
        if (deadline != Long.MAX_VALUE && deadline - System.nanoTime() < 0) {
            fail(new TlsFailure(TlsFailure.Reason.TIMED_OUT, Durations.describe(timeout)));
        }
    }

    /** Records that records cannot be read any more. */
    void broken(TlsException failed) {
        fail(failed.failure());
    }

    /** Ends the output with TLS. */
    void halfClose() throws IOException {
        TlsChannel spoken = spoken();
        if (spoken != null) {
            spoken.halfClose();
        }
    }

    /** Details about the client's end, in words; empty for a normal end. */
    String end() {
        return isTruncated() ? Event.Kind.HALF_CLOSED_BY_CLIENT + TlsTransport.TRUNCATED : "";
    }

    /** Whether the client ended without a close_notify. */
    boolean isTruncated() {
        TlsChannel spoken = spoken();
        return spoken != null && spoken.isTruncated();
    }

    private void fail(TlsFailure failure) {
        enter(State.FAILED);
        wantsToWrite = false;
        recorder.failed(failure);
    }

    /** Why a full handshake was made instead of an abbreviated one, and what to check. */
    String whyNotResumed() {
        if (tls.settings().sessions().equals(Optional.of(TlsSessions.none()))) {
            return "this server resumes no sessions\n\nRemove resumption = false, or TlsSessions.none(), from its settings.";
        }
        TlsChannel begun = secure;
        return begun != null && begun.isSessionOffered()
                ? "the client offered a session that this server cannot resume\n\nWhich server issued it, and for which version"
                        + " of TLS? Servers share sessions only if all of them have the same TlsSettings, with"
                        + " sessions(TlsSessions.create())."
                : "the client offered no session\n\nDoes it keep its sessions? Clients of the JDK find a session by host"
                        + " and port, within one SSLContext. A client of TLS 1.3 has a session only after it has read"
                        + " from the connection.";
    }

    String failure() {
        return recorder.detail(Event.Kind.TLS_FAILED).orElse("TLS failed");
    }

    TlsChannel established() {
        TlsChannel spoken = spoken();
        if (spoken == null) {
            throw new IllegalStateException("TLS is not established on this connection");
        }
        return spoken;
    }
}

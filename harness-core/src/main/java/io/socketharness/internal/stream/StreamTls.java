package io.socketharness.internal.stream;

import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.internal.tls.TlsChannel;
import io.socketharness.internal.tls.TlsException;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.tls.ServerTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Whether TLS is spoken on a stream, and the way there. Whoever reads drives the handshake: all that changes is done under
 * the wire's lock for reading.
 */
final class StreamTls {

    private enum State {
        /** Bytes go in clear. */
        CLEAR,
        /** TLS from the first byte, if the script does not begin with something else; nothing is read before. */
        UNDECIDED,
        AWAITS_HELLO,
        HANDSHAKE,
        ESTABLISHED,
        /** The client left before its hello, like one that never wanted anything; nothing is sent to it in clear. */
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

    /** The first engine waits for a certificate: whoever takes in the connection does so, and counts no time before. */
    private @Nullable SSLEngine prepare() {
        try {
            return tls.engine();
        } catch (RuntimeException | LinkageError lacking) {
            // said by the connection's own thread, which fails in the same way
            return null;
        }
    }

    private SSLEngine engine() {
        SSLEngine ready = prepared;
        return ready == null ? tls.engine() : ready;
    }

    /** What bytes in clear are read from and written to. */
    ByteChannel stream() {
        TlsChannel spoken = spoken();
        return spoken == null ? channel : spoken;
    }

    /** The channel of TLS where it is established. */
    private @Nullable TlsChannel spoken() {
        return state == State.ESTABLISHED ? secure : null;
    }

    boolean isUndecided() {
        return state == State.UNDECIDED;
    }

    /** Whether a hello or a handshake is waited for. */
    boolean isUnderWay() {
        return state == State.AWAITS_HELLO || state == State.HANDSHAKE;
    }

    boolean isClear() {
        return state == State.CLEAR;
    }

    /** Whether bytes can be read and written as they are in clear, or never will be. */
    boolean isSettled() {
        return !isUndecided() && !isUnderWay();
    }

    boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    /** Why TLS, which is to come first, is not established; nothing where it is, or is not asked for. */
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

    /** Whether the handshake waits for room to write in, and not for the client. */
    boolean wantsToWrite() {
        return wantsToWrite;
    }

    /** When a handshake that has begun is given up; {@link Long#MAX_VALUE} where none is under way. */
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

    /** Whether a read tells something that no input announces. */
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

    /** Whether the client's hello has come, and is unanswered. */
    boolean hasHello() {
        return recorder.has(Event.Kind.TLS_HELLO);
    }

    /** The client's time begins again with what it sends, or has sent already. */
    private void enter(State next) {
        deadline = Long.MAX_VALUE;
        arrived = 0;
        state = next;
    }

    /** False where the client has left: whoever waits for the handshake is told so. */
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

    /** Goes on without waiting; false if the client has to go on first. */
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
                // it left without a byte; that is an end like any other
                enter(State.MISSED);
                return true;
            }
            if (isUnderWay() && begun.hasBegun() && begun.arrived() > arrived) {
                // the client's time alone counts, not what this side takes to calculate
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
            recorder.established(begun.established());
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

    /** Lets go of what it takes to read and write, as the channel is closed. */
    void release() {
        secure = null;
    }

    /** Gives up a handshake that takes too long. */
    void timeOut() {
        if (deadline != Long.MAX_VALUE && deadline - System.nanoTime() < 0) {
            fail(new TlsFailure(TlsFailure.Reason.TIMED_OUT, Durations.describe(timeout)));
        }
    }

    /** Notes that records can no longer be read. */
    void broken(TlsException failed) {
        fail(failed.failure());
    }

    /** Ends what is sent, where TLS is spoken. */
    void halfClose() throws IOException {
        TlsChannel spoken = spoken();
        if (spoken != null) {
            spoken.halfClose();
        }
    }

    /** How the client ended, in words, where there is more to say than that it did. */
    String end() {
        TlsChannel spoken = spoken();
        return spoken != null && spoken.isTruncated()
                ? Event.Kind.HALF_CLOSED_BY_CLIENT + ", without a close_notify"
                : "";
    }

    private void fail(TlsFailure failure) {
        enter(State.FAILED);
        wantsToWrite = false;
        recorder.failed(failure);
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

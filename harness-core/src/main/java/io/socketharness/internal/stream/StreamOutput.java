package io.socketharness.internal.stream;

import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.IoAction;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.tls.TlsException;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The output of a stream, and its end: a FIN, after a close_notify with TLS. */
final class StreamOutput {

    private final StreamWire wire;
    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final StreamTlsSteps tlsSteps;
    private final StreamSelectors selectors;
    private final StreamInput input;
    private final StreamWaits waits;
    private final boolean canReset;
    private volatile boolean closed;
    private volatile boolean released;
    /** Released because its client has ended, not by a script or a test. */
    private volatile boolean abandoned;

    StreamOutput(
            StreamWire wire,
            ExchangeRecorder recorder,
            StreamTls tls,
            StreamTlsSteps tlsSteps,
            StreamSelectors selectors,
            StreamInput input,
            StreamWaits waits,
            boolean canReset) {
        this.wire = wire;
        this.recorder = recorder;
        this.tls = tls;
        this.tlsSteps = tlsSteps;
        this.selectors = selectors;
        this.input = input;
        this.waits = waits;
        this.canReset = canReset;
    }

    /** Sends all of {@code data}, and waits while the client does not read. */
    void send(ByteBuffer data, long deadline) {
        if (!tls.isClear()) {
            tlsSteps.await(deadline);
            tls.lack().ifPresent(reason -> {
                throw new ClientGone(reason);
            });
        }
        while (data.hasRemaining() || tls.hasPending()) {
            if (waits.isStopped()) {
                throw new ServerClosed();
            }
            if (abandoned) {
                throw abandoned(data.remaining());
            }
            int before = data.remaining();
            try {
                if (data.hasRemaining()) {
                    recorder.send(data, tls.stream()::write);
                } else {
                    tls.stream().write(data);
                }
                if (tls.hasPending() || data.hasRemaining() && data.remaining() == before) {
                    waits.untilWritable(deadline, before, this::isClosed);
                }
            } catch (IOException gone) {
                if (waits.isStopped()) {
                    throw new ServerClosed();
                }
                // an interrupt may close the channel
                Interrupts.check();
                // another thread may have noticed the client's end meanwhile, and released the connection
                if (abandoned) {
                    throw abandoned(before);
                }
                if (closed || released) {
                    throw new OutputClosed(
                            "the server has closed its side of the connection; nothing more can be sent", gone);
                }
                recorder.event(Event.Kind.NOT_SENT, before + " bytes not sent: " + gone.getMessage());
                if (canReset && !(gone instanceof TlsException)) {
                    input.sendRefused();
                }
                input.drain();
                throw new ClientGone(
                        before + " bytes could not be sent: the client has gone (" + gone.getMessage() + ")");
            }
        }
    }

    private ClientGone abandoned(int bytes) {
        recorder.event(Event.Kind.NOT_SENT, bytes + " bytes not sent: the client has gone");
        return new ClientGone(bytes + " bytes could not be sent: the client has gone");
    }

    /** Sends a FIN, after a close_notify with TLS. */
    void halfClose() {
        if (closed || !wire.isOpen()) {
            return;
        }
        tlsSteps.awaitUnderWay();
        closed = true;
        quietly(() -> recorder.during(Event.Kind.HALF_CLOSED_BY_SERVER, "", this::shutdown));
        selectors.wakeWriter();
    }

    /** Sends a FIN without the close_notify that TLS requires. */
    void truncate() {
        if (closed || !wire.isOpen()) {
            return;
        }
        closed = true;
        String words = Event.Kind.HALF_CLOSED_BY_SERVER + TlsTransport.TRUNCATED;
        quietly(() -> recorder.during(Event.Kind.HALF_CLOSED_BY_SERVER, words, wire::shutdownOutput));
        selectors.wakeWriter();
    }

    /** Notes that nothing is sent any more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Notes that the channel is closed. */
    void release() {
        released = true;
    }

    /** Notes that the connection is released because its client has ended, not by a script or a test. */
    void abandon() {
        abandoned = true;
    }

    /** Sends a close_notify with TLS, then a FIN. */
    void shutdown() throws IOException {
        tls.halfClose();
        wire.shutdownOutput();
    }

    static void quietly(IoAction action) {
        try {
            action.run();
        } catch (IOException alreadyGone) {
            // the client has closed or reset it, as the recording shows
        }
    }
}

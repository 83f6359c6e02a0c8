package io.socketharness.internal.stream;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.OutputClosed;
import io.socketharness.tls.TlsAlert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** The TLS steps of scripts on a stream: each starts an action, and waits on the transport until it is complete. */
final class StreamTlsSteps implements TlsTransport {

    private final StreamTransport transport;
    private final StreamTls tls;
    private final ExchangeRecorder recorder;
    private final WritableByteChannel channel;

    StreamTlsSteps(StreamTransport transport, StreamTls tls, ExchangeRecorder recorder, WritableByteChannel channel) {
        this.transport = transport;
        this.tls = tls;
        this.recorder = recorder;
        this.channel = channel;
    }

    @Override
    public long start(long from, boolean tolerant, long deadline) {
        transport.input().change(() -> tls.begin(from, tolerant));
        await(deadline);
        return tls.dropped();
    }

    @Override
    public String whyNotResumed() {
        return tls.whyNotResumed();
    }

    @Override
    public void awaitHello(long from, long deadline) {
        if (!tls.hasHello()) {
            transport.input().change(() -> tls.beginHello(from));
            await(deadline);
        }
    }

    @Override
    public void flight(long from, int bytes, long deadline) {
        transport.input().change(() -> tls.beginFlight(from, bytes));
        await(deadline);
    }

    /** Waits until a TLS handshake in progress succeeds or fails. */
    void await(long deadline) {
        if (!transport.until(transport::isTlsSettled, deadline)) {
            throw new DeadlineExceeded("the client did not continue its TLS handshake in time");
        }
        transport.input().awaitReader();
        noteLeaving();
        if (!tls.isSettled()) {
            throw new OutputClosed("the server has ended the connection before TLS was established", null);
        }
        if (tls.hasFailed()) {
            throw new ClientGone(tls.failure());
        }
    }

    /**
     * Records the end of a client that left without a hello, before verification looks at it; returns whether it left.
     */
    private boolean noteLeaving() {
        boolean left = tls.isSettled() && tls.lack().isPresent();
        if (left) {
            transport.input().readOnce();
        }
        return left;
    }

    @Override
    public void alert(long from, TlsAlert alert, long deadline) {
        if (tls.isEstablished()) {
            throw new UnsupportedOperationException("the alert " + alert
                    + " cannot be sent after TLS is established, because the JDK cannot encrypt a chosen alert;"
                    + " send it during the handshake, in place of @starttls");
        }
        awaitHello(from, deadline);
        if (noteLeaving()) {
            return;
        }
        try {
            recorder.during(Event.Kind.TLS_FAULT, "TLS alert " + alert + " sent", () -> {
                channel.write(ByteBuffer.wrap(alert.record()));
            });
        } catch (IOException gone) {
            throw new ClientGone("the alert " + alert + " could not be sent: " + gone.getMessage());
        }
    }

    /** Waits for a handshake in progress: later input belongs to TLS. */
    void awaitUnderWay() {
        if (tls.isUnderWay()) {
            await(System.nanoTime() + tls.timeout().toNanos());
        }
    }

    @Override
    public void corruptNext() {
        awaitUnderWay();
        if (!noteLeaving()) {
            tls.established().corruptNext();
            recorder.event(Event.Kind.TLS_FAULT, "TLS: the next record is corrupt");
        }
    }

    @Override
    public void truncate() {
        awaitUnderWay();
        if (!noteLeaving()) {
            tls.established();
            transport.truncate();
        }
    }
}

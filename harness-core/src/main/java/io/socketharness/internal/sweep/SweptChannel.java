package io.socketharness.internal.sweep;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.DelegatingChannel;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.internal.sweep.Place.Kind;
import io.socketharness.sweep.Effect;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The channel of a connection in a sweep. It injects faults at the accept, at a TLS handshake and in place of the
 * server's end. {@link ClientMessages} and {@link ServerMessages} trace the messages, and inject faults in them.
 */
final class SweptChannel extends DelegatingChannel {

    private final FaultInjection run;
    private final ExchangeRecorder recorder;
    private final ConnectionFault connection;
    private final ClientMessages fromClient;
    private final ServerMessages fromServer;
    /** The script waits for it. */
    private volatile CountDownLatch begin = new CountDownLatch(0);

    SweptChannel(TransportChannel transport, FaultInjection run, ExchangeRecorder recorder) {
        super(transport);
        this.run = run;
        this.recorder = recorder;
        this.connection = new ConnectionFault(run, transport, recorder);
        this.fromClient = new ClientMessages(run, connection, recorder);
        this.fromServer = new ServerMessages(run, connection, transport, recorder);
    }

    int index() {
        return connection.index();
    }

    ConnectionTrace trace() {
        return connection.trace();
    }

    boolean hasFired() {
        return connection.hasFired();
    }

    /** Ends the fault, so that the network passes the data that it holds back. */
    void release() {
        connection.release();
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
        PlannedFault fault = connection.pending();
        if (fault == null) {
            return;
        }
        Place place = fault.place();
        boolean atStart = place.isIn(Kind.HANDSHAKE) && place.message() == 0 && run.beginsWithTls();
        if (atStart || place.isIn(Kind.ACCEPT) && fault.effect() != Effect.REFUSE && fault.effect() != Effect.IGNORE) {
            connection.end(fault.effect(), place.offset());
        } else if (place.isIn(Kind.MESSAGE) && recorder.exchange().isDatagrams()) {
            fromClient.injectInDatagram(fault);
        }
    }

    @Override
    public void send(ByteBuffer data, long deadline) {
        awaitBegin(deadline);
        injectInArrived(deadline);
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        fromServer.send(bytes, deadline);
    }

    @Override
    public boolean awaitInput(long seen, long deadline) {
        awaitBegin(deadline);
        fromServer.flush(deadline);
        injectInArrived(deadline);
        boolean came = super.awaitInput(seen, deadline);
        injectInArrived(deadline);
        return came;
    }

    private void injectInArrived(long deadline) {
        fromClient.injectInArrived(deadline);
        connection.beSilent(deadline);
    }

    @Override
    public void received(long position) {
        fromClient.received(position);
    }

    @Override
    public TlsTransport tls() {
        TlsTransport tls = super.tls();
        return new DelegatingTls(tls) {
            @Override
            public long start(long from, boolean tolerant, long deadline) {
                fromServer.flush(deadline);
                trace().upgrades();
                PlannedFault fault = connection.due(Kind.HANDSHAKE);
                if (fault != null) {
                    connection.end(fault.effect(), fault.place().offset());
                }
                return tls.start(from, tolerant, deadline);
            }
        };
    }

    /** Notes that the script ends the connection; returns whether a fault takes the place of this end. */
    private boolean isEndReplaced() {
        fromServer.flush(Long.MAX_VALUE);
        injectInArrived(Long.MAX_VALUE);
        trace().endByServer();
        PlannedFault fault = connection.due(Kind.CLOSE);
        if (fault == null) {
            return false;
        }
        connection.end(fault.effect(), 0);
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
}

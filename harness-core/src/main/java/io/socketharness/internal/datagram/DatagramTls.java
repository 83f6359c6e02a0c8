package io.socketharness.internal.datagram;

import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.internal.tls.DtlsSession;
import io.socketharness.internal.tls.TlsException;
import io.socketharness.recording.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** DTLS on one conversation of a datagram server. All but sending and closing is done by the listener's thread. */
final class DatagramTls {

    /** As RFC 6347, section 4.2.4.1, has it. */
    private static final long FIRST_RETRANSMISSION = Duration.ofSeconds(1).toNanos();

    private final DtlsSession session;
    private final ExchangeRecorder recorder;
    private final Duration timeout;
    private long deadline;
    private long retransmission;
    private long interval = FIRST_RETRANSMISSION;
    private volatile boolean established;
    private volatile boolean over;

    DatagramTls(DtlsSession session, ExchangeRecorder recorder, Duration timeout) {
        this.session = session;
        this.recorder = recorder;
        this.timeout = timeout;
        progressed();
    }

    private void progressed() {
        long now = System.nanoTime();
        deadline = now + timeout.toNanos();
        interval = FIRST_RETRANSMISSION;
        retransmission = now + interval;
    }

    /** What a datagram carried in clear. */
    List<ByteBuffer> received(ByteBuffer datagram) {
        if (over) {
            return List.of();
        }
        try {
            List<ByteBuffer> messages = session.received(datagram);
            progressed();
            if (!established && session.isEstablished()) {
                established = true;
                recorder.established(session.established());
            }
            return messages;
        } catch (TlsException failed) {
            fail(failed.failure());
            return List.of();
        }
    }

    /** Notes that the client has ended the session, after what it sent before. */
    void noteEnd() {
        if (!over && session.isEnded()) {
            over = true;
            recorder.event(Event.Kind.HALF_CLOSED_BY_CLIENT, "");
        }
    }

    /** Sends again what may be lost, and gives up in the end; false if there is nothing more to be waited for. */
    boolean isDue(long now) {
        if (isSettled()) {
            return false;
        }
        if (now - deadline >= 0) {
            fail(new TlsFailure(TlsFailure.Reason.TIMED_OUT, Durations.describe(timeout)));
            return false;
        }
        if (now - retransmission >= 0) {
            interval *= 2;
            retransmission = now + interval;
            try {
                session.retransmit();
            } catch (IOException lost) {
                // as any datagram may be; the next one is on its way
            }
        }
        return true;
    }

    private void fail(TlsFailure failure) {
        if (!over) {
            over = true;
            recorder.failed(failure);
        }
    }

    boolean isEstablished() {
        return established;
    }

    /** Whether the handshake is done, or has failed. */
    boolean isSettled() {
        return established || over;
    }

    /** Whether nothing more comes: it has failed, or the client has ended it. */
    boolean isOver() {
        return over;
    }

    void send(ByteBuffer data) throws IOException {
        session.send(data);
    }

    void close() {
        session.close();
    }
}

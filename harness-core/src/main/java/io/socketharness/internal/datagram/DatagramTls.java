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

/** DTLS of one conversation of a datagram server. The listener's thread does everything except sending and closing. */
final class DatagramTls {

    /** See RFC 6347, section 4.2.4.1. */
    private static final long FIRST_RETRANSMISSION = Duration.ofSeconds(1).toNanos();

    private final DtlsSession session;
    private final ExchangeRecorder recorder;
    private final Duration timeout;
    private long deadline;
    private long retransmission;
    private long interval = FIRST_RETRANSMISSION;
    private volatile boolean established;
    private volatile boolean over;
    private volatile boolean forgotten;

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

    /** The decrypted content of a datagram. */
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

    /** Records that the client ended the session, after its earlier data. */
    void noteEnd() {
        if (!over && session.isEnded()) {
            over = true;
            recorder.event(Event.Kind.HALF_CLOSED_BY_CLIENT, "");
        }
    }

    /** Retransmits, and finally gives up; false if there is nothing to wait for. */
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
                // as any datagram it may be lost; the next one follows
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

    /** Whether the handshake is complete or has failed. */
    boolean isSettled() {
        return established || over;
    }

    /** Whether no more data can arrive: the session failed, or the client ended it. */
    boolean isOver() {
        return over;
    }

    void send(ByteBuffer data) throws IOException {
        session.send(data);
    }

    /** Ends the session; returns details for the recording. */
    String close() {
        if (forgotten) {
            return Event.Kind.CLOSED + ": it forgot its TLS sessions";
        }
        session.close();
        return "";
    }

    /** Forgets an established session without a close_notify; false if there is none. */
    boolean forget() {
        if (established && !over) {
            forgotten = true;
            over = true;
        }
        return forgotten;
    }
}

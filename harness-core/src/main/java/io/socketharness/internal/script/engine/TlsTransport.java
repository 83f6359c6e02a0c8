package io.socketharness.internal.script.engine;

import io.socketharness.script.DeadlineExceeded;
import io.socketharness.tls.TlsAlert;

/**
 * The TLS functions of a {@link TransportChannel}. {@code from} is the position where the exchange's unread input
 * begins: it may be an early part of the handshake.
 */
public interface TlsTransport {

    /** Words for an end of TLS that an attacker could have made. */
    String TRUNCATED = ", without a close_notify";

    /**
     * Establishes TLS, and waits for it.
     *
     * @param from where unread input begins
     * @param tolerant whether to drop unencrypted data before the client's hello instead of failing
     * @param deadline in terms of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for no limit
     * @return how many unencrypted bytes were dropped
     * @throws DeadlineExceeded if the deadline passes first
     */
    long start(long from, boolean tolerant, long deadline);

    /**
     * Why an established connection is the result of a full handshake, not of a resumed session.
     *
     * @return words that follow a colon, an empty line, and what to check
     */
    String whyNotResumed();

    /**
     * Waits for the client's hello, and leaves it unanswered. Later sends are unencrypted. Like the other steps that
     * need a hello, it does nothing if the client leaves without one; see {@link TransportChannel#lackOfTls()}.
     *
     * @param from where unread input begins
     * @param deadline when to give up
     * @throws DeadlineExceeded if the deadline passes first
     */
    void awaitHello(long from, long deadline);

    /**
     * Sends the first bytes of the server's part of the handshake, and no more.
     *
     * @param from where unread input begins
     * @param bytes how many
     * @param deadline when to give up
     * @throws DeadlineExceeded if the deadline passes first
     */
    void flight(long from, int bytes, long deadline);

    /**
     * Waits for the client's hello if necessary, and answers it with an unencrypted fatal alert.
     *
     * @param from where unread input begins
     * @param alert to send
     * @param deadline when to give up
     * @throws DeadlineExceeded if the deadline passes first
     * @throws UnsupportedOperationException if TLS is established: then a chosen alert cannot be sent
     */
    void alert(long from, TlsAlert alert, long deadline);

    /** Corrupts the next record. */
    void corruptNext();

    /** Sends a FIN without a close_notify. */
    void truncate();
}

package io.socketharness.internal.script.engine;

import io.socketharness.script.DeadlineExceeded;
import io.socketharness.tls.TlsAlert;

/**
 * What a {@link TransportChannel} can do about TLS. For those who add a transport; tests never meet it. What {@code from} says is
 * where the exchange's unread input begins: it may be a part of the handshake that came early.
 */
public interface TlsTransport {

    /**
     * Establishes TLS, and waits for that.
     *
     * @param from where unread input begins
     * @param tolerant whether what the client sends in clear before its hello is dropped, where it otherwise fails
     * @param deadline when to give up, as {@link System#nanoTime()} tells time; {@link Long#MAX_VALUE} for never
     * @return how many bytes were received in clear and dropped
     * @throws DeadlineExceeded if the deadline passes first
     */
    long start(long from, boolean tolerant, long deadline);

    /**
     * Waits for the client's hello, and leaves it unanswered. What is sent afterwards goes out in clear. Like the other
     * steps that need a hello, it does nothing where the client leaves without one, which {@link TransportChannel#lackOfTls()} tells.
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
     * Answers the client's hello, which is waited for unless it was, with a fatal alert in clear.
     *
     * @param from where unread input begins
     * @param alert which
     * @param deadline when to give up
     * @throws DeadlineExceeded if the deadline passes first
     * @throws UnsupportedOperationException if TLS is established, where no alert of one's choice can be sent
     */
    void alert(long from, TlsAlert alert, long deadline);

    /** Makes the next record that is sent a corrupt one. */
    void corruptNext();

    /** Sends a FIN without a close_notify. */
    void truncate();
}

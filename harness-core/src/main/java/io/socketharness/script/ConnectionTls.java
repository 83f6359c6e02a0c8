package io.socketharness.script;

import io.socketharness.tls.TlsAlert;

/**
 * TLS on one {@link Connection}, beyond {@link Connection#startTls()}: the ways in which a server can misbehave. Streams
 * only. Each method waits for the client's hello where it needs one, within the limit of the connection. Over {@code tls}
 * the handshake is done before code runs: a handshake that misbehaves needs {@code tcp} or {@code unix}, or a step such as
 * {@link Behaviours#tlsAlert} as the first of the script.
 *
 * <p>All methods throw {@link UnsupportedOperationException} on datagrams, {@link DeadlineExceeded} if the client does not
 * begin TLS within the limit, and {@link EndOfInput} if it leaves instead.
 */
public interface ConnectionTls {

    /** Establishes TLS like {@link Connection#startTls()}, and drops what the client sends in clear before its hello. */
    void startTolerant();

    /** Waits for the client's hello and leaves it unanswered. What is sent afterwards goes out in clear. */
    void awaitHello();

    /**
     * Sends the first bytes of the server's part of the handshake, and no more.
     *
     * @param bytes how many; 1 or more
     */
    void sendFlight(int bytes);

    /**
     * Answers the client's hello with a fatal alert in clear.
     *
     * @param alert which
     * @throws UnsupportedOperationException if TLS is established
     */
    void sendAlert(TlsAlert alert);

    /** Flips a bit of the next record that is sent. */
    void corruptNextRecord();

    /** Ends the server's side with a FIN, without the close_notify that TLS asks for. */
    void truncate();
}

package io.socketharness.script;

import io.socketharness.tls.TlsAlert;

/**
 * Starts TLS on one {@link Connection} in other ways than {@link Connection#startTls()}, and simulates faults of TLS. Streams only. Methods that need the client's hello wait for it
 * within the limit of the connection. Over {@code tls} the handshake is complete before code runs. To break that
 * handshake, use {@code tcp} or {@code unix}, or start the script with a step such as {@link Behaviours#tlsAlert}.
 *
 * <p>All methods throw {@link UnsupportedOperationException} on datagrams, {@link DeadlineExceeded} if the client does
 * not start TLS within the limit, and {@link EndOfInput} if it disconnects instead.
 */
public interface ConnectionTls {

    /** Establishes TLS like {@link Connection#startTls()}, but drops unencrypted input before the client's hello. */
    void startTolerant();

    /**
     * Establishes TLS like {@link Connection#startTls()}, and requires that the client resumes an earlier session, see
     * {@link io.socketharness.recording.Handshake#resumed()}.
     *
     * @throws ExpectationFailed if the client makes a full handshake; the connection is encrypted then
     */
    void startResumed();

    /** Waits for the client's hello and does not answer it. Later sends are not encrypted. */
    void awaitHello();

    /**
     * Sends only the first bytes of the server's part of the handshake.
     *
     * @param bytes the number of bytes, 1 or more
     */
    void sendFlight(int bytes);

    /**
     * Answers the client's hello with an unencrypted fatal alert.
     *
     * @param alert the alert
     * @throws UnsupportedOperationException if TLS is established
     */
    void sendAlert(TlsAlert alert);

    /** Flips a bit of the next record that is sent. */
    void corruptNextRecord();

    /** Ends the server's output with a FIN, without the close_notify that TLS requires. */
    void truncate();
}

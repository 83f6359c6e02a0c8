package io.socketharness.script;

/**
 * A step that passes everything between the client and a real server, see {@link Behaviours#forwardTo}.
 *
 * <p>This interface is not for implementation.
 */
public interface Forward extends Behaviour {

    /**
     * Returns this step with TLS that begins in the middle of the connection, as the protocol specifies: when the client
     * has sent the request of the protocol and the real server has agreed, both sides begin TLS, and the recording has
     * the decrypted data. If the client does not ask for it, or the real server refuses, the connection continues in
     * clear. Text form: {@code @forward URL starttls smtp}.
     *
     * @param protocol {@code smtp} (STARTTLS, RFC 3207), {@code imap} (STARTTLS, RFC 9051), {@code pop3} (STLS, RFC
     *     2595), {@code ftp} (AUTH TLS, RFC 4217; data connections do not pass), or {@code postgres} (SSLRequest)
     * @return the step
     * @throws IllegalArgumentException if the protocol is unknown, or the real server is not reached over {@code tcp} or
     *     {@code unix}
     */
    Forward startTls(String protocol);

    /**
     * Returns this step with TLS that begins after a line of the client and the next matching line of the real server.
     * Lines end with CRLF or LF. Text form: {@code @forward URL starttls "request" "answer"}.
     *
     * @param request a regular expression for the whole line that asks for TLS, without its end
     * @param answer a regular expression for the whole line that agrees, without its end
     * @return the step
     * @throws IllegalArgumentException if a regular expression is malformed, or the real server is not reached over
     *     {@code tcp} or {@code unix}
     */
    Forward startTls(String request, String answer);
}

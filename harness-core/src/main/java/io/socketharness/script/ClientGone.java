package io.socketharness.script;

/**
 * Thrown by a send when the system refuses it because the client has closed or reset the connection. This is not a
 * failure if the client has sent everything that the script expects: a client may disconnect before the last reply.
 */
public final class ClientGone extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message the system's reason
     */
    public ClientGone(String message) {
        super(message);
    }
}

package io.socketharness.script;

/**
 * Thrown by a send when the system refuses it because the client has closed or reset the connection. Once the client has
 * sent all that the script expects, this is no failure: a client may leave before the farewell.
 */
public final class ClientGone extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param message the system's reason
     */
    public ClientGone(String message) {
        super(message);
    }
}

package io.socketharness.script;

/** Thrown by all methods of a connection after the server was closed. Behaviours should not catch it. */
public final class ServerClosed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception. */
    public ServerClosed() {
        super("the server was closed", null, false, false);
    }
}

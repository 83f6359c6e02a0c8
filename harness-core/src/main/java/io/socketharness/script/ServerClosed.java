package io.socketharness.script;

/** Thrown out of whatever a behaviour does on its connection once the server is closed; let it through. */
public final class ServerClosed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Says so. */
    public ServerClosed() {
        super("the server was closed", null, false, false);
    }
}

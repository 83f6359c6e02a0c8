package io.socketharness.script;

import org.jspecify.annotations.Nullable;

/** Thrown by a send after the server has closed, half-closed or reset the connection: nothing can be sent any more. */
public final class OutputClosed extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * Says that the server's side is closed.
     *
     * @param message a sentence
     * @param cause the system's reason, if there is one
     */
    public OutputClosed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

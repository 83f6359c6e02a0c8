package io.socketharness.script;

import org.jspecify.annotations.Nullable;

/** Thrown by a send after the server has closed, half-closed or reset the connection. */
public final class OutputClosed extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message a sentence
     * @param cause the system's reason, or null
     */
    public OutputClosed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

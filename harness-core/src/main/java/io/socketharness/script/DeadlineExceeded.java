package io.socketharness.script;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a receive or a send does not complete within its limit. The connection is still usable, and a partly
 * received message is unread again.
 */
public final class DeadlineExceeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable Supplier<String> more;

    /**
     * Creates the exception.
     *
     * @param message describes what did not happen in time
     */
    public DeadlineExceeded(String message) {
        super(message);
        more = null;
    }

    /**
     * Creates the exception with a message that is computed when it is read, so that code that polls does not pay for
     * it.
     *
     * @param message returns the message
     */
    public DeadlineExceeded(Supplier<String> message) {
        more = message;
    }

    @Override
    public @Nullable String getMessage() {
        return more == null ? super.getMessage() : more.get();
    }
}

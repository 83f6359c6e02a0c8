package io.socketharness.script;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a receive or a send did not end within its limit. The connection stays usable, and what had come of the
 * message is still unread.
 */
public final class DeadlineExceeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable Supplier<String> more;

    /**
     * Says what was waited for.
     *
     * @param message a sentence
     */
    public DeadlineExceeded(String message) {
        super(message);
        more = null;
    }

    /**
     * Says what was waited for, in a message that is made when it is read: code that polls does not pay for it.
     *
     * @param message gives a sentence
     */
    public DeadlineExceeded(Supplier<String> message) {
        more = message;
    }

    @Override
    public @Nullable String getMessage() {
        return more == null ? super.getMessage() : more.get();
    }
}

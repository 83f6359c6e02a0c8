package io.socketharness.script;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a receive when the client has closed its output (FIN) or reset the connection (RST) before the message was
 * complete. The part that was received is unread again.
 */
public final class EndOfInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The number of bytes of the message that were received. */
    private final long partial;
    /** Whether the client sent a RST. */
    private final boolean reset;

    private final transient @Nullable Supplier<String> more;

    /**
     * Creates the exception.
     *
     * @param message describes the expected message
     * @param partial the number of bytes of the message that were received
     * @param reset whether the client sent a RST
     */
    public EndOfInput(String message, long partial, boolean reset) {
        super(message);
        this.partial = partial;
        this.reset = reset;
        this.more = null;
    }

    /**
     * Creates the exception with a message that is computed when it is read.
     *
     * @param message returns the message
     * @param partial the number of bytes of the message that were received
     * @param reset whether the client sent a RST
     */
    public EndOfInput(Supplier<String> message, long partial, boolean reset) {
        this.partial = partial;
        this.reset = reset;
        this.more = message;
    }

    @Override
    public @Nullable String getMessage() {
        return more == null ? super.getMessage() : more.get();
    }

    /**
     * Returns how many bytes of the message were received.
     *
     * @return 0 if the client closed between two messages
     */
    public long partial() {
        return partial;
    }

    /**
     * Returns whether the client reset the connection.
     *
     * @return true for a RST, false for a FIN
     */
    public boolean isReset() {
        return reset;
    }
}

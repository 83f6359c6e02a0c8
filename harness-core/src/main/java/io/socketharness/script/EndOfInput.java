package io.socketharness.script;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a receive when the client has ended its side (FIN), or the whole connection (RST), before the message was
 * complete. What had come of the message is still unread.
 */
public final class EndOfInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** How much of the message had come. */
    private final long partial;
    /** Whether the client sent a RST. */
    private final boolean reset;

    private final transient @Nullable Supplier<String> more;

    EndOfInput(String message, long partial, boolean reset) {
        super(message);
        this.partial = partial;
        this.reset = reset;
        this.more = null;
    }

    /** With a message that is made when it is read. */
    EndOfInput(EndOfInput same, Supplier<String> more) {
        super(same.getMessage());
        partial = same.partial;
        reset = same.reset;
        this.more = more;
    }

    @Override
    public @Nullable String getMessage() {
        return more == null ? super.getMessage() : more.get();
    }

    /**
     * How much of the message had come.
     *
     * @return bytes; 0 if the client ended between two messages
     */
    public long partial() {
        return partial;
    }

    /**
     * Tells how the client ended.
     *
     * @return true for a RST, false for a FIN
     */
    public boolean isReset() {
        return reset;
    }
}

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

    /**
     * Says what was waited for.
     *
     * @param message a sentence
     * @param partial how many bytes of the message had come
     * @param reset whether the client sent a RST
     */
    public EndOfInput(String message, long partial, boolean reset) {
        super(message);
        this.partial = partial;
        this.reset = reset;
        this.more = null;
    }

    /**
     * Says what was waited for, in a message that is made when it is read.
     *
     * @param message gives a sentence
     * @param partial how many bytes of the message had come
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

package io.socketharness.script;

/**
 * Thrown when a receive or a send did not end within its limit. The connection stays usable, and what had come of the
 * message is still unread.
 */
public final class DeadlineExceeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Says what was waited for.
     *
     * @param message a sentence
     */
    public DeadlineExceeded(String message) {
        super(message);
    }
}

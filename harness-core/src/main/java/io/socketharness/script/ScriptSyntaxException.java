package io.socketharness.script;

/**
 * Thrown when a text is not a valid script. The message has the line, what was found and what is allowed, and marks the
 * position.
 */
public final class ScriptSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** The number of the invalid line. */
    private final int line;

    /**
     * Creates the exception.
     *
     * @param line the number of the invalid line, from 1
     * @param message what was found and what is allowed, followed by the line itself with a caret below the position
     */
    public ScriptSyntaxException(int line, String message) {
        super("script line " + line + ": " + message);
        this.line = line;
    }

    /**
     * Returns the number of the invalid line.
     *
     * @return the number, from 1
     */
    public int line() {
        return line;
    }
}

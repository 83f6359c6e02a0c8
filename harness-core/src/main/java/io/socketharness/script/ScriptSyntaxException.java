package io.socketharness.script;

/** A text is not a script: reports the line, what was found and what is allowed, and shows the place. */
public final class ScriptSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** The number of the wrong line. */
    private final int line;

    /**
     * Says which line is wrong, and why.
     *
     * @param line its number, from 1
     * @param message what was found and what is allowed, then the line itself with a caret below the place
     */
    public ScriptSyntaxException(int line, String message) {
        super("script line " + line + ": " + message);
        this.line = line;
    }

    /**
     * The line that is wrong.
     *
     * @return its number, from 1
     */
    public int line() {
        return line;
    }
}

package io.socketharness.internal.script.text;

/** A malformed text, with the position of the mistake. */
public final class MalformedText extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final int at;

    /**
     * An exception for a malformed text.
     *
     * @param at the position in the text, from 0
     * @param message what was found and what is allowed
     */
    public MalformedText(int at, String message) {
        super(message);
        this.at = at;
    }

    public int at() {
        return at;
    }

    /** The same for a text with more characters in front. */
    public MalformedText behind(int characters) {
        return new MalformedText(at + characters, String.valueOf(getMessage()));
    }
}

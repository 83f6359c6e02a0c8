package io.socketharness.internal.script.text;

/** A text is wrong at a place in it. */
public final class MalformedText extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final int at;

    /**
     * Says what is wrong.
     *
     * @param at where, from 0, in the text that was to be read
     * @param message what was found and what is allowed
     */
    public MalformedText(int at, String message) {
        super(message);
        this.at = at;
    }

    public int at() {
        return at;
    }

    /** The same for a text that has more characters in front. */
    public MalformedText behind(int characters) {
        return new MalformedText(at + characters, String.valueOf(getMessage()));
    }
}

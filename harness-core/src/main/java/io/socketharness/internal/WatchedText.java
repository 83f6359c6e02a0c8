package io.socketharness.internal;

/** A text for a regular expression that may take long: every so many reads, it runs a check, which may throw. */
public final class WatchedText implements CharSequence {

    private final String text;
    private final int readsBetween;
    private final Runnable check;
    private int reads;

    /**
     * A text that was not read yet.
     *
     * @param text the characters
     * @param readsBetween how many reads come before each check
     * @param check throws to end the run of the expression
     */
    public WatchedText(String text, int readsBetween, Runnable check) {
        this.text = text;
        this.readsBetween = readsBetween;
        this.check = check;
    }

    @Override
    public char charAt(int index) {
        if (++reads == readsBetween) {
            reads = 0;
            check.run();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return text.subSequence(from, to);
    }

    @Override
    public String toString() {
        return text;
    }
}

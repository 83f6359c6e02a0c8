package io.socketharness.internal.script.parser;

/** Shows the malformed line of a script, with a caret below the position. */
final class Excerpt {

    private static final String INDENT = "    ";
    private static final int WIDTH = 100;

    private Excerpt() {}

    /**
     * The lines below a message.
     *
     * @param line of the script; a long one is shortened to the part around the position
     * @param at the position, from 0
     */
    static String of(String line, int at) {
        int from = line.length() <= WIDTH ? 0 : Math.max(0, Math.min(at - WIDTH / 2, line.length() - WIDTH));
        int to = Math.min(line.length(), from + WIDTH);
        String before = from == 0 ? "" : "…";
        String behind = to == line.length() ? "" : "…";
        return "\n" + INDENT + before + printable(line.substring(from, to)) + behind + "\n" + INDENT
                + " ".repeat(before.length() + at - from) + "^";
    }

    /** Gives each character the width of one: a tab would move the caret. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (Character.isISOControl(out.charAt(i))) {
                out.setCharAt(i, ' ');
            }
        }
        return out.toString();
    }
}

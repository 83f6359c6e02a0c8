package io.socketharness.cli;

/**
 * Text that may come from a client, for a terminal. Characters that a terminal obeys, and those that nobody sees, are shown
 * as {@code \}{@code u202e}. A terminal would take them as commands, or change the order of the text.
 */
final class TerminalText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private TerminalText() {}

    static String of(String text) {
        if (text.codePoints().noneMatch(TerminalText::isHidden)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                for (char part : Character.toChars(c)) {
                    out.append(String.format("\\u%04x", (int) part));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            // some languages and many emoji need the joiners
            case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}

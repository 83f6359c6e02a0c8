package io.socketharness.internal.tape;

import io.socketharness.recording.Bytes;
import java.util.Map;

/** A part of the content of a message on a tape. */
sealed interface Piece {

    /** The bytes as recorded; of a variable that was read from a file, its notation. */
    Bytes bytes();

    /** Bytes that are the same in each replay. */
    record Literal(Bytes bytes) implements Piece {}

    /** The value of a variable. */
    record Value(String variable, Bytes bytes) implements Piece {}

    /**
     * A part of a client's message that may differ.
     *
     * @param regex matches it in a line; in any other message its size must be the same
     * @param values the variables that it sets, and their values as recorded
     */
    record Gap(String regex, Map<String, String> values, Bytes bytes) implements Piece {

        /** Matches any text of one line. */
        static final String ANYTHING = ".*";
        /** The same for characters that end a line for Java, but not for a script. */
        private static final String ANYTHING_WITH_LINE_ENDS = "(?s:.*)";

        /** A part that may be any text. {@code kept} is kept in place of the recorded bytes. */
        static Gap ofAnything(Bytes recorded, Bytes kept) {
            boolean hasLineEnd = recorded.text().chars().anyMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029);
            return new Gap(hasLineEnd ? ANYTHING_WITH_LINE_ENDS : ANYTHING, Map.of(), kept);
        }

        boolean isAnything() {
            return regex.equals(ANYTHING) || regex.equals(ANYTHING_WITH_LINE_ENDS);
        }

        /** The variable that stores the whole part; empty for none. */
        String variable() {
            return values.keySet().stream().findFirst().orElse("");
        }
    }
}

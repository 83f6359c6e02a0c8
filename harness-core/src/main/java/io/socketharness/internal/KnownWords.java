package io.socketharness.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The hint of a message about an unknown word: the nearest known word, or all known words. */
public final class KnownWords {

    private KnownWords() {}

    /**
     * Returns the hint for an unknown word.
     *
     * @param unknown the word that was found
     * @param known the allowed words, in the order in which the message lists them
     * @return such as {@code did you mean udp?}, or {@code known are tcp, udp} if no word is near
     */
    public static String hint(String unknown, Collection<String> known) {
        return hint(unknown, known, "known are " + String.join(", ", known));
    }

    /**
     * Returns the hint for an unknown word.
     *
     * @param unknown the word that was found
     * @param known the allowed words
     * @param otherwise the hint if no word is near
     */
    public static String hint(String unknown, Collection<String> known, String otherwise) {
        return nearest(unknown, known).map(KnownWords::didYouMean).orElse(otherwise);
    }

    public static String didYouMean(String word) {
        return "did you mean " + word + "?";
    }

    /** The most similar known word, if at most a third of its letters differ. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        String word = unknown.toLowerCase(Locale.ROOT);
        int least = Math.max(1, word.length() / 3) + 1;
        String nearest = null;
        for (String one : known) {
            // The distance is at least the difference in length.
            int distance = Math.abs(one.length() - word.length()) < least
                    ? distance(word, one.toLowerCase(Locale.ROOT))
                    : least;
            if (distance < least && distance < one.length()) {
                least = distance;
                nearest = one;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The number of letters to insert, delete, replace or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] of = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    of[i][j] = i + j;
                    continue;
                }
                int replaced = of[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                of[i][j] = Math.min(replaced, Math.min(of[i - 1][j], of[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    of[i][j] = Math.min(of[i][j], of[i - 2][j - 2] + 1);
                }
            }
        }
        return of[a.length()][b.length()];
    }
}

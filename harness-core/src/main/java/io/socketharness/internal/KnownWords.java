package io.socketharness.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a message says about a word that is not known: the known word that was meant, or all known words. */
public final class KnownWords {

    private KnownWords() {}

    /**
     * Says which word was meant.
     *
     * @param unknown the word that was found
     * @param known the words that are allowed, in the order in which the message lists them
     * @return such as {@code did you mean udp?}, or {@code known are tcp, udp} where none is near
     */
    public static String hint(String unknown, Collection<String> known) {
        return hint(unknown, known, "known are " + String.join(", ", known));
    }

    /**
     * Says which word was meant.
     *
     * @param unknown the word that was found
     * @param known the words that are allowed
     * @param otherwise what the message says where none is near
     */
    public static String hint(String unknown, Collection<String> known, String otherwise) {
        return nearest(unknown, known).map(KnownWords::didYouMean).orElse(otherwise);
    }

    public static String didYouMean(String word) {
        return "did you mean " + word + "?";
    }

    /** The known word that differs least, if it differs by no more than one letter in three. */
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

    /** How many letters must be inserted, deleted, replaced or swapped with their neighbour. */
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

package io.socketharness.internal.recording;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds the parts of secrets that remain where a report shortens a text with "…". */
final class ShortenedSecrets {

    private static final char CUT = '…';
    /** A shorter part of a secret is in many texts by accident. */
    private static final int SHORTEST = 4;

    private ShortenedSecrets() {}

    static List<Ranges.One> of(String text, Collection<String> values) {
        List<Ranges.One> parts = new ArrayList<>();
        for (int cut = text.indexOf(CUT); cut >= 0; cut = text.indexOf(CUT, cut + 1)) {
            int from = cut;
            int to = cut + 1;
            for (String value : values) {
                from = Math.min(from, cut - before(text, cut, value));
                to = Math.max(to, cut + 1 + after(text, cut + 1, value));
            }
            parts.add(new Ranges.One(from, cut));
            parts.add(new Ranges.One(cut + 1, to));
        }
        return parts;
    }

    /** The size of the part of a value that ends in front of the cut; 0 for none. */
    private static int before(String text, int cut, String value) {
        int size = SHORTEST;
        if (cut < size || !value.contains(text.substring(cut - size, cut))) {
            return 0;
        }
        while (size < cut && value.contains(text.substring(cut - size - 1, cut))) {
            size++;
        }
        return size;
    }

    /** The size of the part of a value that begins behind the cut; 0 for none. */
    private static int after(String text, int from, String value) {
        int size = SHORTEST;
        if (from + size > text.length() || !value.contains(text.substring(from, from + size))) {
            return 0;
        }
        while (from + size < text.length() && value.contains(text.substring(from, from + size + 1))) {
            size++;
        }
        return size;
    }
}

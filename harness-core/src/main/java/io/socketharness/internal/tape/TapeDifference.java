package io.socketharness.internal.tape;

import java.util.ArrayList;
import java.util.List;

/** The lines that differ between two tapes, without comments. */
public final class TapeDifference {

    private static final int MOST_SHOWN = 40;
    /** The longest line that is shown. */
    private static final int WIDEST = 160;
    /** More lines than this are compared as a whole, because the comparison takes quadratic time. */
    private static final int MOST_COMPARED = 4_000;

    private final List<String> lines;

    private TapeDifference(List<String> lines) {
        this.lines = lines;
    }

    public static TapeDifference of(String before, String after) {
        List<String> old = steps(before);
        List<String> recorded = steps(after);
        int same = 0;
        while (same < old.size() && same < recorded.size() && old.get(same).equals(recorded.get(same))) {
            same++;
        }
        int end = 0;
        while (end < old.size() - same
                && end < recorded.size() - same
                && old.get(old.size() - 1 - end).equals(recorded.get(recorded.size() - 1 - end))) {
            end++;
        }
        return new TapeDifference(
                compare(old.subList(same, old.size() - end), recorded.subList(same, recorded.size() - end)));
    }

    private static List<String> steps(String tape) {
        return tape.lines()
                .map(String::stripLeading)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** Lines with a minus are in the old tape alone, lines with a plus in the new one. */
    private static List<String> compare(List<String> old, List<String> recorded) {
        List<String> lines = new ArrayList<>();
        if (old.size() > MOST_COMPARED || recorded.size() > MOST_COMPARED) {
            old.forEach(line -> lines.add("- " + line));
            recorded.forEach(line -> lines.add("+ " + line));
            return lines;
        }
        int[][] common = new int[old.size() + 1][recorded.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = recorded.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(recorded.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < recorded.size()) {
            if (i < old.size() && j < recorded.size() && old.get(i).equals(recorded.get(j))) {
                i++;
                j++;
            } else if (j == recorded.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                lines.add("- " + old.get(i++));
            } else {
                lines.add("+ " + recorded.get(j++));
            }
        }
        return lines;
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The end of a sentence, and the lines. */
    @Override
    public String toString() {
        if (lines.isEmpty()) {
            return "without a difference";
        }
        StringBuilder out = new StringBuilder(lines.size() == 1 ? "1 line differs:" : lines.size() + " lines differ:");
        for (String line : lines.subList(0, Math.min(MOST_SHOWN, lines.size()))) {
            out.append("\n  ").append(line.length() > WIDEST ? line.substring(0, WIDEST) + "…" : line);
        }
        if (lines.size() > MOST_SHOWN) {
            out.append("\n  … and ").append(lines.size() - MOST_SHOWN).append(" more");
        }
        return out.toString();
    }
}

package io.socketharness.internal.recording;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secret parts of a text: ranges that do not overlap, in their order. */
public final class Ranges {

    /**
     * A secret part.
     *
     * @param from the index of its first character
     * @param to the index behind its last character
     */
    public record One(int from, int to) {

        void hide(StringBuilder text) {
            text.replace(from, to, "*".repeat(to - from));
        }
    }

    private Ranges() {}

    /**
     * The groups of each match, or the whole match if its pattern has no groups. All patterns match the same text: a
     * secret that one of them hides may be a part of what another one matches.
     *
     * @throws PatternSearch.Failed if a search does not finish
     */
    public static List<One> of(Collection<Pattern> patterns, String text) {
        BitSet secret = new BitSet();
        for (Pattern pattern : patterns) {
            PatternSearch.forEach("redact", pattern, text, match -> add(match, secret));
        }
        List<One> ranges = new ArrayList<>();
        for (int from = secret.nextSetBit(0); from >= 0; ) {
            int to = secret.nextClearBit(from);
            ranges.add(new One(from, to));
            from = secret.nextSetBit(to);
        }
        return ranges;
    }

    private static void add(Matcher match, BitSet secret) {
        for (int group = Math.min(1, match.groupCount()); group <= match.groupCount(); group++) {
            if (match.start(group) >= 0) {
                secret.set(match.start(group), match.end(group));
            }
        }
    }
}

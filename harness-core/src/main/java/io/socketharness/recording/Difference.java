package io.socketharness.recording;

import java.util.BitSet;

/** Shows where what came differs from what was expected: both, aligned, with the first difference marked. */
public final class Difference {

    private static final int BEFORE = 40;
    private static final int AFTER = 80;
    private static final int HEX_BEFORE = 8;
    private static final int HEX_AFTER = 16;

    private Difference() {}

    /**
     * Describes the first difference, as text where both are mostly text, else in hex; of long bytes the part around it. A
     * space at the end of text shows as {@code \x20}.
     *
     * @param expected what should have come
     * @param received what came
     * @return two lines, or three where they differ
     */
    public static String describe(Bytes expected, Bytes received) {
        return describe(expected, new BitSet(), received, expected.isMostlyText() && received.isMostlyText());
    }

    /**
     * Describes the first difference, in hex if some of the expected bytes are not known; of long bytes the part around
     * it.
     *
     * @param expected what should have come; where a byte is not known, and one came, that one
     * @param unknown where it is not known: {@code ..} stands for those bytes
     * @param received what came
     * @return two lines, or three where they differ
     */
    public static String describe(Bytes expected, BitSet unknown, Bytes received) {
        return unknown.isEmpty() ? describe(expected, received) : describe(expected, unknown, received, false);
    }

    private static String describe(Bytes expected, BitSet unknown, Bytes received, boolean text) {
        int at = expected.mismatch(received);
        int from = start(received, Math.max(0, at - (text ? BEFORE : HEX_BEFORE)), text);
        String shownExpected = part(expected, unknown, from, at, text);
        String shownReceived = part(received, new BitSet(), from, at, text);
        StringBuilder out = new StringBuilder();
        out.append("expected  ").append(shownExpected).append("\nreceived  ").append(shownReceived);
        if (at >= 0) {
            Bytes same = received.slice(Math.min(from, received.size()), start(received, at, text));
            String before = render(same, new BitSet(), text);
            int column = (from > 0 ? 1 : 0) + before.length() + (text || before.isEmpty() ? 0 : 1);
            out.append("\n          ")
                    .append(" ".repeat(column))
                    .append("^ byte ")
                    .append(at);
        }
        return out.toString();
    }

    private static String part(Bytes bytes, BitSet unknown, int from, int at, boolean text) {
        int to = start(bytes, Math.max(at, 0) + (text ? AFTER : HEX_AFTER), text);
        String shown = from > bytes.size() ? "" : render(bytes.slice(from, to), unknown.get(from, to), text);
        if (text && to == bytes.size() && shown.endsWith(" ")) {
            // else nobody would see it
            shown = shown.substring(0, shown.length() - 1) + "\\x20";
        }
        String cut = (from > 0 ? "…" : "") + shown + (to < bytes.size() ? "… (" + bytes.size() + " bytes)" : "");
        return cut.isEmpty() ? "(nothing)" : cut;
    }

    /** Where the character of UTF-8 begins that holds the byte, so that none is cut in two; in hex, the byte itself. */
    private static int start(Bytes bytes, int at, boolean text) {
        int start = Math.min(at, bytes.size());
        for (int back = 0;
                text && back < 3 && start > 0 && start < bytes.size() && (bytes.at(start) & 0xc0) == 0x80;
                back++) {
            start--;
        }
        return start;
    }

    private static String render(Bytes bytes, BitSet unknown, boolean text) {
        StringBuilder out = new StringBuilder(text ? bytes.escaped() : bytes.hex());
        unknown.stream().forEach(i -> out.replace(3 * i, 3 * i + 2, ".."));
        return out.toString();
    }
}

package io.socketharness.internal.recording;

import io.socketharness.internal.recording.ReportLine.Kind;
import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The difference between received and expected data.
 *
 * @param expected the expected data, as shown; of long bytes the part around the first difference
 * @param received the received data, as shown
 * @param mark points from below at the first difference, after a label of ten characters; empty if there is none
 * @param advice a sentence about a common mistake; empty if there is none
 */
public record Difference(String expected, String received, String mark, String advice) {

    private static final int BEFORE = 40;
    private static final int AFTER = 80;
    private static final int HEX_BEFORE = 8;
    private static final int HEX_AFTER = 16;

    /**
     * A difference without a position, such as a message that does not match a regular expression.
     *
     * @param expected the expected data, in words
     * @param received the received data, as shown
     */
    public Difference(String expected, String received) {
        this(expected, received, "", "");
    }

    /**
     * A text that does not match a regular expression.
     *
     * @param expected the expression, in words
     * @param received the text
     * @param matched how many of its bytes can be the beginning of a match
     * @return the difference
     */
    public static Difference ofMatch(String expected, Bytes received, int matched) {
        boolean text = received.isMostlyText();
        int from = start(received, Math.max(0, matched - (text ? BEFORE : HEX_BEFORE)), text);
        String words = matched < received.size() ? "^ the match ends here" : "^ more is expected here";
        return new Difference(
                expected,
                part(received, new BitSet(), from, matched, text),
                " ".repeat(column(received, from, matched, text)) + words,
                "");
    }

    /**
     * A text that does not match a regular expression, where the place is not known.
     *
     * @param expected the expression, in words
     * @param received the text
     * @return the difference
     */
    public static Difference ofMatch(String expected, Bytes received) {
        return new Difference(expected, part(received, new BitSet(), 0, 0, received.isMostlyText()));
    }

    /**
     * Finds the first difference. Shows text if both are mostly text, otherwise hex. A space at the end of text shows
     * as {@code \x20}.
     *
     * @param expected the expected bytes
     * @param received the received bytes
     * @return the difference
     */
    public static Difference of(Bytes expected, Bytes received) {
        return of(expected, new BitSet(), received, expected.isMostlyText() && received.isMostlyText());
    }

    /**
     * Finds the first difference. Shows hex if some of the expected bytes are unknown.
     *
     * @param expected the expected bytes; at unknown positions the received bytes
     * @param unknown the unknown positions, shown as {@code ..}
     * @param received the received bytes
     * @return the difference
     */
    public static Difference of(Bytes expected, BitSet unknown, Bytes received) {
        return unknown.isEmpty() ? of(expected, received) : of(expected, unknown, received, false);
    }

    private static Difference of(Bytes expected, BitSet unknown, Bytes received, boolean text) {
        int at = expected.mismatch(received);
        int from = start(received, Math.max(0, at - (text ? BEFORE : HEX_BEFORE)), text);
        String mark = "";
        if (at >= 0) {
            mark = " ".repeat(column(received, from, at, text)) + "^ byte " + at;
        }
        return new Difference(
                part(expected, unknown, from, at, text),
                part(received, new BitSet(), from, at, text),
                mark,
                text ? TextAdvice.of(expected.text(), received.text()) : "");
    }

    /**
     * Finds the first difference of two whole messages, such as datagrams. If one is the beginning of the other, the advice
     * names both lengths.
     *
     * @param expected what should have come
     * @param unknown where it is not known
     * @param received what came
     * @return the difference
     */
    public static Difference ofMessages(Bytes expected, BitSet unknown, Bytes received) {
        Difference difference = of(expected, unknown, received);
        return difference.advice.isEmpty()
                ? new Difference(difference.expected, difference.received, difference.mark, lengths(expected, received))
                : difference;
    }

    private static String lengths(Bytes expected, Bytes received) {
        int same = expected.mismatch(received);
        if (same < 0 || same < Math.min(expected.size(), received.size())) {
            return "";
        }
        String sizes = "expected " + expected.size() + (expected.size() == 1 ? " byte" : " bytes") + ", received "
                + received.size() + ".";
        return (received.size() < expected.size() ? "The end of the message is missing: " : "The message is too long: ")
                + sizes;
    }

    /** The column of a byte in {@link #part}. */
    private static int column(Bytes received, int from, int at, boolean text) {
        Bytes same = received.slice(Math.min(from, received.size()), start(received, at, text));
        String before = render(same, new BitSet(), text);
        return (from > 0 ? 1 : 0) + before.length() + (text || before.isEmpty() ? 0 : 1);
    }

    private static String part(Bytes bytes, BitSet unknown, int from, int at, boolean text) {
        int to = start(bytes, Math.max(at, 0) + (text ? AFTER : HEX_AFTER), text);
        String shown = from > bytes.size() ? "" : render(bytes.slice(from, to), unknown.get(from, to), text);
        if (text && from < to && to == bytes.size() && bytes.at(to - 1) == ' ') {
            // otherwise invisible
            shown = shown.substring(0, shown.length() - 1) + "\\x20";
        }
        String cut = (from > 0 ? "…" : "") + shown + (to < bytes.size() ? "… (" + bytes.size() + " bytes)" : "");
        return cut.isEmpty() ? "(nothing)" : cut;
    }

    /**
     * The start of the UTF-8 character that contains the byte, so that no character is split; in hex, the byte itself.
     */
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

    /**
     * Both, aligned, with the first difference marked, and the advice below.
     *
     * @param participle what was done with the bytes that came, such as {@code received} or {@code sent}
     * @return two lines, or three where there is a mark; with advice, two more
     */
    public String inLines(String participle) {
        return ReportParagraph.text(paragraphs(participle));
    }

    /** The same as a part of a report. */
    public List<ReportParagraph> paragraphs() {
        return paragraphs("received");
    }

    /** The same; {@code participle} says what was done with the bytes that came, such as {@code received}. */
    public List<ReportParagraph> paragraphs(String participle) {
        List<ReportLine> lines = new ArrayList<>();
        lines.add(new ReportLine(Kind.EXPECTED, "expected  " + expected));
        lines.add(new ReportLine(Kind.RECEIVED, String.format("%-10s", participle) + received));
        if (!mark.isEmpty()) {
            lines.add(new ReportLine(Kind.MARK, "          " + mark));
        }
        ReportParagraph both = new ReportParagraph(lines);
        return advice.isEmpty() ? List.of(both) : List.of(both, ReportParagraph.words(advice));
    }

    /**
     * Both, without a mark.
     *
     * @return such as {@code expected PING, received PONG}
     */
    public String inOneLine() {
        return "expected " + expected + ", received " + received;
    }

    /** In the form of a step's report. */
    @Override
    public String toString() {
        return inLines("received");
    }
}

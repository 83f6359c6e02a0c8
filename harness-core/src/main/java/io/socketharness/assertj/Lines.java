package io.socketharness.assertj;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.recording.ReportLine;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.recording.Bytes;
import java.util.List;
import java.util.stream.Collectors;

/** Expects exactly these lines, or datagrams. */
record Lines(List<Bytes> wanted) implements Expectation {

    @Override
    public String words() {
        return "exactly the lines " + ErrorText.quote(wanted);
    }

    @Override
    public boolean holds(Traffic traffic) {
        return begun(traffic).equals(wanted);
    }

    /** Returns only as many lines as the decision needs. */
    private List<Bytes> begun(Traffic traffic) {
        return traffic.lines(wanted.size() + 1);
    }

    @Override
    public boolean canComeToHold(Traffic traffic) {
        List<Bytes> lines = begun(traffic);
        int equal = closeness(traffic);
        if (equal == lines.size()) {
            return equal <= wanted.size();
        }
        boolean growing = equal == lines.size() - 1 && traffic.endsWithinALine();
        return growing && equal < wanted.size() && mayBecome(wanted.get(equal), lines.get(equal));
    }

    /** The carriage return of a line's end may have arrived before its line feed. */
    private static boolean mayBecome(Bytes line, Bytes begun) {
        return line.startsWith(begun) || line.equals(Traffic.withoutReturn(begun));
    }

    @Override
    public boolean speaksOfOneMessage() {
        return false;
    }

    /** Returns how many of the first lines are equal. */
    @Override
    public int closeness(Traffic traffic) {
        List<Bytes> lines = begun(traffic);
        int equal = 0;
        while (equal < lines.size() && equal < wanted.size() && lines.get(equal).equals(wanted.get(equal))) {
            equal++;
        }
        return equal;
    }

    @Override
    public List<ReportParagraph> comparison(Traffic traffic, Direction direction) {
        List<Bytes> lines = begun(traffic);
        int at = closeness(traffic);
        String which = (traffic.isDatagrams() ? "datagram " : "line ") + (at + 1);
        if (at == lines.size()) {
            return lines(
                    which + " of " + wanted.size() + " is missing",
                    new ReportLine(ReportLine.Kind.EXPECTED, "expected  " + ErrorText.plain(wanted.get(at))));
        }
        if (at == wanted.size()) {
            return lines(
                    which + " is one too many",
                    new ReportLine(ReportLine.Kind.RECEIVED, direction.label() + ErrorText.plain(lines.get(at))));
        }
        return Reports.headed(
                which + " of " + wanted.size() + " differs",
                Difference.of(wanted.get(at), lines.get(at)).paragraphs(direction.participle));
    }

    private static List<ReportParagraph> lines(String sentence, ReportLine line) {
        return Reports.headed(sentence, List.of(new ReportParagraph(List.of(line))));
    }

    @Override
    public String expected() {
        return join(wanted);
    }

    @Override
    public String actual(Traffic traffic) {
        return join(traffic.lines(Integer.MAX_VALUE));
    }

    private static String join(List<Bytes> lines) {
        return lines.stream().map(Bytes::toString).collect(Collectors.joining("\n"));
    }
}

package io.socketharness.internal.recording;

import io.socketharness.internal.recording.ReportLine.Kind;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A paragraph of a report. */
public record ReportParagraph(List<ReportLine> lines) {

    public ReportParagraph {
        lines = List.copyOf(lines);
    }

    public static ReportParagraph words(String text) {
        return new ReportParagraph(List.of(new ReportLine(Kind.WORDS, text)));
    }

    /** The data that came, as shown. */
    public static ReportParagraph received(String data) {
        return new ReportParagraph(List.of(ReportLine.labelled(Kind.RECEIVED, "received  ", data)));
    }

    public String text() {
        return lines.stream().map(ReportLine::text).collect(Collectors.joining("\n"));
    }

    ReportParagraph map(UnaryOperator<String> change) {
        return new ReportParagraph(lines.stream()
                .map(line -> new ReportLine(line.kind(), change.apply(line.text()), change.apply(line.data())))
                .toList());
    }

    /** The texts of paragraphs, with an empty line between two. */
    public static String text(List<ReportParagraph> paragraphs) {
        return paragraphs.stream().map(ReportParagraph::text).collect(Collectors.joining("\n\n"));
    }
}

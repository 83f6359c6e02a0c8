package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.recording.ReportParagraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Why something failed.
 *
 * @param inOneLine for the event of the recording
 * @param paragraphs for the report
 */
record Reason(String inOneLine, List<ReportParagraph> paragraphs) {

    Reason {
        paragraphs = List.copyOf(paragraphs);
    }

    /** Words from another source may have several lines. The first one is for the event. */
    static Reason of(String words) {
        return of(words.lines().findFirst().orElse(""), words);
    }

    /** One line for the event, and words for the report. */
    static Reason of(String inOneLine, String words) {
        return new Reason(inOneLine, List.of(ReportParagraph.words(words)));
    }

    static Reason of(Difference difference) {
        return new Reason(difference.inOneLine(), difference.paragraphs());
    }

    /** A sentence with details. */
    static Reason of(String sentence, List<ReportParagraph> details) {
        List<ReportParagraph> all = new ArrayList<>(List.of(ReportParagraph.words(sentence)));
        all.addAll(details);
        return new Reason(sentence, all);
    }

    String text() {
        return ReportParagraph.text(paragraphs);
    }
}

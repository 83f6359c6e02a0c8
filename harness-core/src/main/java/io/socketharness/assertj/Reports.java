package io.socketharness.assertj;

import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.ReportLine;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.WritableAssertionInfo;

/** The reports of failed assertions. */
final class Reports {

    private Reports() {}

    /** Returns a report about a connection. */
    static Report of(Exchange exchange, String sentence, List<ReportParagraph> paragraphs) {
        String dialogue = Report.indented(exchange.dialogue("dialogue"));
        return new Report(exchange, ErrorText.title(exchange) + ": ", sentence, paragraphs, dialogue, List.of());
    }

    /** Returns a report about all connections. */
    static Report of(Recording recording, String sentence, List<ReportParagraph> paragraphs, String dialogues) {
        return new Report(null, recording.title() + ": ", sentence, paragraphs, Report.indented(dialogues), List.of());
    }

    /** Returns an explanation; nothing if it is empty. */
    static List<ReportParagraph> words(String text) {
        return text.isEmpty() ? List.of() : List.of(ReportParagraph.words(text));
    }

    /** Returns the paragraphs with a line before the first one, unless it is empty. */
    static List<ReportParagraph> headed(String line, List<ReportParagraph> paragraphs) {
        if (line.isEmpty()) {
            return paragraphs;
        }
        List<ReportLine> first = new ArrayList<>();
        first.add(new ReportLine(ReportLine.Kind.WORDS, line));
        first.addAll(paragraphs.get(0).lines());
        List<ReportParagraph> all = new ArrayList<>(paragraphs);
        all.set(0, new ReportParagraph(first));
        return all;
    }

    /** Notes that an error has the text of a report, unless the user has replaced its message. */
    static AssertionError note(AssertionError error, Report report, WritableAssertionInfo info, Recording recording) {
        if (info.overridingErrorMessage() != null) {
            return error;
        }
        Recorder recorder = Recorder.of(recording);
        UnaryOperator<String> hide = recorder.hidingSecrets();
        String text = String.valueOf(error.getMessage());
        String hidden = hide.apply(text);
        return recorder.reportedBy(
                hidden.equals(text) ? error : withText(error, hidden),
                report.described(text).map(hide));
    }

    private static AssertionError withText(AssertionError error, String text) {
        AssertionError changed = new AssertionError(text, error.getCause());
        changed.setStackTrace(error.getStackTrace());
        return changed;
    }
}

package io.socketharness.internal.recording;

import io.socketharness.recording.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report of a failure.
 *
 * @param exchange the connection that failed; null for a server, or a test
 * @param subject the server and the connection; may be empty
 * @param headline such as {@code step 2 of 5 failed}
 * @param paragraphs the explanation
 * @param details the dialogue and the steps that were not reached, indented; may be empty
 * @param endings remarks after that
 */
public record Report(
        @Nullable Exchange exchange,
        String subject,
        String headline,
        List<ReportParagraph> paragraphs,
        String details,
        List<String> endings) {

    public Report {
        paragraphs = List.copyOf(paragraphs);
        endings = List.copyOf(endings);
    }

    /** A report without a connection. */
    public static Report of(String headline, String details) {
        return new Report(null, "", headline, List.of(), details, List.of());
    }

    /** A report whose first line is the headline. */
    public static Report ofLines(String text) {
        List<String> lines = text.strip().lines().toList();
        String rest = lines.stream().skip(1).collect(Collectors.joining("\n"));
        List<ReportParagraph> paragraphs = rest.isEmpty() ? List.of() : List.of(ReportParagraph.words(rest));
        return new Report(null, "", lines.isEmpty() ? "" : lines.get(0), paragraphs, "", List.of());
    }

    /** The report whose headline begins with what {@code message} has before the text, such as a description. */
    public Report described(String message) {
        String text = text();
        String before = message.endsWith(text) ? message.substring(0, message.length() - text.length()) : "";
        return new Report(exchange, subject, before + headline, paragraphs, details, endings);
    }

    /** The report with a remark at its end. */
    public Report with(String ending) {
        List<String> all = new ArrayList<>(endings);
        all.add(ending);
        return new Report(exchange, subject, headline, paragraphs, details, all);
    }

    /** Whether another report is about the same step or state of the same connection. */
    public boolean isAboutTheSame(Report other) {
        return exchange != null && exchange == other.exchange && headline.equals(other.headline);
    }

    /** The report with other texts, such as without secrets. */
    public Report map(UnaryOperator<String> change) {
        return new Report(
                exchange,
                change.apply(subject),
                change.apply(headline),
                paragraphs.stream().map(paragraph -> paragraph.map(change)).toList(),
                change.apply(details),
                endings.stream().map(change).toList());
    }

    /** Such as {@code step 2 of 5 failed: a line did not arrive within 5 s}. */
    public String inOneLine() {
        boolean isSentence = !paragraphs.isEmpty()
                && paragraphs.get(0).lines().size() == 1
                && paragraphs.get(0).text().lines().count() == 1;
        return isSentence ? headline + ": " + paragraphs.get(0).text() : headline;
    }

    /** The whole report. */
    public String text() {
        StringBuilder out = new StringBuilder(subject).append(headline);
        paragraphs.forEach(paragraph -> out.append("\n\n").append(indented(paragraph.text())));
        if (!details.isEmpty()) {
            out.append("\n\n").append(details);
        }
        endings.forEach(ending -> out.append("\n\n").append(ending));
        return out.toString();
    }

    /** The lines, each two spaces to the right. */
    public static String indented(String lines) {
        return lines.lines().map(line -> line.isEmpty() ? line : "  " + line).collect(Collectors.joining("\n"));
    }
}

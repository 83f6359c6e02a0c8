package io.socketharness.internal.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The report of a failure in parts.
 *
 * @param headline its first line, without the name of the server
 * @param paragraphs the explanation, unchanged
 * @param rest the dialogue and the steps that were not reached
 */
record ReportText(String headline, List<String> paragraphs, String rest) {

    ReportText(String report, String subject) {
        this(
                first(report.startsWith(subject) ? report.substring(subject.length()) : report),
                paragraphs(report),
                rest(report));
    }

    private static String first(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static List<String> paragraphs(String report) {
        String explanation = report.substring(0, restFrom(report)).stripTrailing();
        List<String> all = new ArrayList<>(List.of(explanation.split("\n\n+")));
        int headline = all.get(0).indexOf('\n');
        if (headline < 0) {
            all.remove(0);
        } else {
            all.set(0, all.get(0).substring(headline + 1));
        }
        return all.stream().filter(one -> !one.isBlank()).toList();
    }

    private static String rest(String report) {
        return report.substring(restFrom(report)).replaceAll("^\n+", "");
    }

    private static int restFrom(String report) {
        int dialogue = report.indexOf("\n  dialogue ");
        return dialogue < 0 ? report.length() : dialogue;
    }

    /** Such as {@code step 2 of 5 failed: a line did not arrive within 5 s}. */
    String inOneLine() {
        String why = paragraphs.isEmpty() ? "" : paragraphs.get(0).strip();
        return why.isEmpty() || why.contains("\n") ? headline : headline + ": " + why;
    }
}

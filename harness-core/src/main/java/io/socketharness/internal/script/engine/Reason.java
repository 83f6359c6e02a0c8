package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;

/**
 * Why something failed.
 *
 * @param inOneLine for the event of the recording
 * @param text for the report: one or several lines
 */
record Reason(String inOneLine, String text) {

    /** Words from another source may have several lines. The first one is for the event. */
    static Reason of(String words) {
        return new Reason(words.lines().findFirst().orElse(""), words);
    }

    static Reason of(String sentence, String details) {
        return new Reason(sentence, details.isEmpty() ? sentence : sentence + "\n\n" + details);
    }

    static Reason of(Difference difference) {
        return new Reason(difference.inOneLine(), difference.toString());
    }
}

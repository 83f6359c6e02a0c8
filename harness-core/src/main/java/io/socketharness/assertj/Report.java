package io.socketharness.assertj;

import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.WritableAssertionInfo;

/** Builds the texts of assertion errors. */
final class Report {

    private static final int LONGEST_QUOTE = 80;
    private static final int LONGEST_BYTES = 200;
    private static final int MOST_DIALOGUES = 5;

    private Report() {}

    /** Returns the sentence, followed by the indented parts. */
    static String of(String sentence, String... parts) {
        return sentence
                + Arrays.stream(parts)
                        .filter(part -> !part.isEmpty())
                        .map(part -> "\n\n" + indent(part))
                        .collect(Collectors.joining());
    }

    /** Notes that an error reports a recording, unless the user has replaced its message. */
    static AssertionError note(AssertionError error, WritableAssertionInfo info, Recording recording) {
        return info.overridingErrorMessage() == null
                ? Recorder.of(recording).reportedBy(withoutSecrets(error, Recorder.of(recording)))
                : error;
    }

    private static AssertionError withoutSecrets(AssertionError error, Recorder recorder) {
        String text = String.valueOf(error.getMessage());
        String hidden = recorder.withoutSecrets(text);
        if (hidden.equals(text)) {
            return error;
        }
        AssertionError changed = new AssertionError(hidden, error.getCause());
        changed.setStackTrace(error.getStackTrace());
        return changed;
    }

    private static String indent(String lines) {
        return lines.lines().map(l -> l.isEmpty() ? l : "  " + l).collect(Collectors.joining("\n"));
    }

    static String why(String refusal, Duration waited) {
        return refusal.isEmpty() ? "that did not happen within " + Durations.describe(waited) : refusal;
    }

    static String title(Exchange exchange) {
        return exchange.recording().title() + ", connection " + exchange.index();
    }

    static String dialogues(Recording recording) {
        List<Exchange> exchanges = recording.exchanges();
        String remark = Recorder.of(recording).remark();
        if (exchanges.isEmpty()) {
            return "no client connected" + (remark.isEmpty() ? "" : "; " + remark);
        }
        String shown =
                exchanges.stream().limit(MOST_DIALOGUES).map(Exchange::toString).collect(Collectors.joining("\n\n"));
        int left = exchanges.size() - MOST_DIALOGUES;
        return shown + (left > 0 ? "\n\nand " + left + " more" : "") + (remark.isEmpty() ? "" : "\n\n" + remark);
    }

    /** Returns text in quotes, or hex; long values are shortened. */
    static String quote(Bytes bytes) {
        if (bytes.isText()) {
            String text = bytes.escaped();
            return text.length() > LONGEST_QUOTE
                    ? "\"" + text.substring(0, LONGEST_QUOTE) + "…\" (" + bytes.size() + " bytes)"
                    : "\"" + text + "\"";
        }
        int most = LONGEST_QUOTE / 3;
        return bytes.size() > most ? bytes.slice(0, most).hex() + " … (" + bytes.size() + " bytes)" : bytes.hex();
    }

    static String quote(List<Bytes> parts) {
        return parts.stream().map(Report::quote).collect(Collectors.joining(", "));
    }

    /** Returns the bytes without quotes, to follow a label. */
    static String plain(Bytes bytes) {
        if (bytes.isEmpty()) {
            return "(nothing)";
        }
        return bytes.size() > LONGEST_BYTES
                ? bytes.slice(0, LONGEST_BYTES) + "… (" + bytes.size() + " bytes)"
                : bytes.toString();
    }
}

package io.socketharness.assertj;

import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of the texts of assertion errors. */
final class ErrorText {

    private static final int LONGEST_QUOTE = 80;
    private static final int LONGEST_BYTES = 200;
    private static final int MOST_DIALOGUES = 5;

    private ErrorText() {}

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
        return parts.stream().map(ErrorText::quote).collect(Collectors.joining(", "));
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

package io.socketharness.internal.recording;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.DialogueLine.Message;
import io.socketharness.internal.recording.DialogueLine.Remark;
import io.socketharness.recording.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Dialogues for people: lines on the left, times on the right. Very long content is shortened. */
final class DialogueText {

    private static final int MOST_LINES = 120;
    private static final int HEAD = 40;
    private static final int WIDEST = 160;
    private static final int MOST_HEX = 48;
    /** The column of the times. Longer lines push them to the right, up to a limit. */
    private static final int COLUMN = 34;

    private static final int WIDEST_COLUMN = 62;
    /** In place of the time of a line that is in the same read or write as the line before it. */
    private static final String JOINED = "+";

    private DialogueText() {}

    static String of(String title, Snapshot exchange) {
        Shown shown = new Shown();
        Dialogue.forEachMessage(exchange, shown);
        EventLog.Entry opened = exchange.entry(0);
        StringBuilder out = new StringBuilder();
        int column = shown.column();
        row(out, column, title, Dialogue.milliseconds(Duration.ofNanos(opened.at())), opened.detail());
        shown.head.forEach(line -> row(out.append('\n'), column, line));
        if (shown.left > 0) {
            out.append("\n  … ").append(shown.left).append(" lines left out …");
        }
        shown.tail.forEach(line -> row(out.append('\n'), column, line));
        return out.toString();
    }

    /** The first and the last lines, if there are too many. */
    private static final class Shown implements Consumer<DialogueLine> {

        private final List<DialogueLine> head = new ArrayList<>();
        private final Deque<DialogueLine> tail = new ArrayDeque<>();
        private int left;

        @Override
        public void accept(DialogueLine line) {
            if (head.size() < HEAD) {
                head.add(line);
                return;
            }
            tail.add(line);
            if (tail.size() > MOST_LINES - HEAD) {
                tail.remove();
                left++;
            }
        }

        int column() {
            return Stream.concat(head.stream(), tail.stream())
                    .mapToInt(line -> width(left(line)) + 3)
                    .filter(width -> width <= WIDEST_COLUMN)
                    .reduce(COLUMN, Math::max);
        }
    }

    private static void row(StringBuilder out, int column, DialogueLine line) {
        String remark = line instanceof Message message ? message.remark() : ((Remark) line).words();
        boolean joined = line instanceof Message message && message.joined();
        row(out, column, "  " + left(line), joined ? JOINED : Dialogue.milliseconds(line.at()), remark);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void row(StringBuilder out, int column, String left, String time, String remark) {
        out.append(left);
        out.append(" ".repeat(Math.max(1, column - width(left)))).append(String.format("%10s", time));
        if (!remark.isEmpty()) {
            out.append("  ").append(remark);
        }
    }

    /** A line without its time and remark. */
    static String left(DialogueLine line) {
        return line instanceof Message message ? cut(message) : ((Remark) line).marker();
    }

    private static String cut(Message message) {
        Bytes content = message.content();
        if (message.form() == Form.HEX
                && message.direction() == Direction.FROM_CLIENT
                && TlsHelloBytes.isHello(content, false)) {
            return message.marker() + " (" + TlsHelloBytes.words(content, false) + ")";
        }
        if (message.form() == Form.HEX) {
            int shown = Math.min(MOST_HEX, content.size());
            return message.marker() + " " + content.slice(0, shown).hex() + rest(shown, content.size());
        }
        String text = message.form() == Form.LINE ? content.text() : content.escaped();
        if (text.length() > WIDEST) {
            text = text.substring(0, WIDEST) + "… (" + content.size() + " bytes)";
        }
        return text.isEmpty() ? message.marker() : message.marker() + " " + text;
    }

    private static String rest(int shown, int size) {
        return shown < size ? " … (" + size + " bytes)" : "";
    }
}

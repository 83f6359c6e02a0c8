package io.socketharness.internal.capture;

import io.socketharness.internal.recording.DialogueLine;
import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.TlsHelloBytes;
import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The label of an arrow: the first lines of what was read or written at once. */
final class MessageText {

    private static final int MOST_LINES = 4;
    private static final int MOST_BYTES = 160;
    private static final int MOST_HEX = 16;
    private static final Bytes NEWLINE = Bytes.ofText("\n");

    private final boolean datagrams;
    private final List<Html> lines = new ArrayList<>();
    /** The index of the line at which the script failed; -1 for none. */
    private int failed = -1;

    private boolean isCut;
    private final RowLines all;

    MessageText(Row.Data data, boolean datagrams) {
        this.datagrams = datagrams;
        this.all = data.all();
        for (Row.Line line : data.lines()) {
            if (line.failed()) {
                failed = lines.size();
            }
            add(line.message());
        }
    }

    /** Whether the label does not show all of the text. */
    boolean isIncomplete() {
        return isCut || lines.size() > MOST_LINES;
    }

    Html html() {
        int before = all.skippedBeforeFailure();
        // the line before it may be a skipped one
        int from = before > 0 ? failed : Math.max(0, failed - 1);
        int to = Math.min(lines.size(), from + MOST_LINES);
        Html out = new Html();
        if (from > 0) {
            int lost = from + before;
            out.element("em", lost + (lost == 1 ? " line" : " lines") + " before\n");
        }
        for (int i = from; i < to; i++) {
            if (i > from) {
                out.words("\n");
            }
            if (i == failed) {
                out.open("strong").add(lines.get(i)).close("strong");
            } else {
                out.add(lines.get(i));
            }
        }
        int more = lines.size() - to + all.skipped() - before;
        if (more > 0) {
            out.element("em", "\n" + more + (more == 1 ? " more line" : " more lines"));
        }
        return out;
    }

    private void add(DialogueLine.Message message) {
        Bytes content = message.content();
        if (message.form() == Form.HEX) {
            lines.add(hex(message));
        } else if (message.form() == Form.LINE) {
            lines.add(line(content, content.isEmpty() ? "empty line" : ""));
        } else {
            addText(message);
        }
    }

    private void addText(DialogueLine.Message message) {
        Bytes content = message.content();
        int from = 0;
        while (from < content.size()) {
            int newline = content.indexOf(NEWLINE, from);
            int to = newline < 0 ? content.size() : newline + 1;
            boolean isOpen = newline < 0
                    && !datagrams
                    && content.size() == message.bytes().size();
            lines.add(line(withoutEnd(content.slice(from, to)), isOpen ? "no end of line" : ""));
            from = to;
        }
        if (content.isEmpty()) {
            lines.add(line(content, "empty"));
        }
        if (!message.remark().isEmpty()) {
            lines.add(new Html().element("em", message.remark()));
        }
    }

    private static Bytes withoutEnd(Bytes line) {
        int end = line.size();
        if (end > 0 && line.at(end - 1) == '\n') {
            end -= end > 1 && line.at(end - 2) == '\r' ? 2 : 1;
        }
        return line.slice(0, end);
    }

    private Html line(Bytes text, String remark) {
        Bytes shown = first(text, MOST_BYTES);
        Html out = new Html().bytes(shown, false);
        if (shown.size() < text.size()) {
            isCut = true;
            out.element("em", "… (" + text.size() + " bytes)");
        }
        return remark.isEmpty() ? out : out.element("em", (text.isEmpty() ? "" : " ") + remark);
    }

    /** The first bytes, without a part of a character at the end. */
    static Bytes first(Bytes bytes, int most) {
        int to = Math.min(bytes.size(), most);
        while (to < bytes.size() && to > most - 4 && (bytes.at(to) & 0xc0) == 0x80) {
            to--;
        }
        return bytes.slice(0, to);
    }

    private Html hex(DialogueLine.Message message) {
        Bytes content = message.content();
        if (message.direction() == Direction.FROM_CLIENT && TlsHelloBytes.isHello(content, datagrams)) {
            return new Html().element("em", TlsHelloBytes.words(content, datagrams));
        }
        int shown = Math.min(MOST_HEX, content.size());
        Html out = new Html().words(content.slice(0, shown).hex());
        return shown < content.size() ? out.element("em", "… (" + content.size() + " bytes)") : out;
    }
}

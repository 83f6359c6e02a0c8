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

    private final Row.Data data;
    private final boolean datagrams;
    private final List<Html> lines = new ArrayList<>();
    private int count;
    private boolean isCut;

    MessageText(Row.Data data, boolean datagrams) {
        this.data = data;
        this.datagrams = datagrams;
        data.lines().forEach(this::add);
    }

    /** Whether the label does not show all of the text. */
    boolean isIncomplete() {
        return isCut || count > lines.size();
    }

    Html html() {
        Html out = new Html();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                out.words("\n");
            }
            out.add(lines.get(i));
        }
        int more = count - lines.size();
        if (more > 0) {
            out.element("em", "\n" + more + (more == 1 ? " more line" : " more lines"));
        }
        return out;
    }

    private void add(DialogueLine.Message message) {
        Bytes content = message.content();
        if (message.form() == Form.HEX) {
            add(hex(message));
        } else if (message.form() == Form.LINE) {
            add(line(content, content.isEmpty() ? "empty line" : ""));
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
            boolean isOpen = newline < 0 && !datagrams && content.size() == message.bytes().size();
            if (lines.size() < MOST_LINES) {
                add(line(withoutEnd(content.slice(from, to)), isOpen ? "no end of line" : ""));
            } else {
                count++;
            }
            from = to;
        }
        if (content.isEmpty()) {
            add(line(content, "empty"));
        }
        if (!message.remark().isEmpty()) {
            add(new Html().element("em", message.remark()));
        }
    }

    private void add(Html line) {
        count++;
        if (lines.size() < MOST_LINES) {
            lines.add(line);
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
        int to = Math.min(text.size(), MOST_BYTES);
        // not in the middle of a character
        while (to < text.size() && to > MOST_BYTES - 4 && (text.at(to) & 0xc0) == 0x80) {
            to--;
        }
        Html out = new Html().bytes(text.slice(0, to), false);
        if (to < text.size()) {
            isCut = true;
            out.element("em", "… (" + text.size() + " bytes)");
        }
        return remark.isEmpty() ? out : out.element("em", (text.isEmpty() ? "" : " ") + remark);
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

package io.socketharness.recording;

import java.util.ArrayList;
import java.util.List;

/** Dialogues for people: the lines on the left, their times on the right; what is very long is cut. */
final class DialogueText {

    private static final int MOST_LINES = 120;
    private static final int HEAD = 40;
    private static final int WIDEST = 160;
    private static final int MOST_HEX = 48;
    /** Where the times stand; lines that are longer push them to the right, as far as is still pleasant to read. */
    private static final int COLUMN = 34;

    private static final int WIDEST_COLUMN = 62;

    private DialogueText() {}

    static String of(String title, ExchangeRecorder exchange, List<Event> events) {
        List<Dialogue.Line> lines = Dialogue.of(events, exchange.isDatagrams());
        StringBuilder out = new StringBuilder();
        Event opened = events.get(0);
        int column = column(lines);
        row(out, column, title, Dialogue.milliseconds(opened.at()), opened.detail());
        for (int i = 0; i < lines.size(); i++) {
            if (lines.size() > MOST_LINES && i == HEAD) {
                int left = lines.size() - MOST_LINES;
                out.append("\n  … ").append(left).append(" lines left out …");
                i += left;
            }
            Dialogue.Line line = lines.get(i);
            row(out.append('\n'), column, "  " + left(line), Dialogue.milliseconds(line.at()), line.remark());
        }
        return out.toString();
    }

    private static int column(List<Dialogue.Line> lines) {
        return lines.stream()
                .mapToInt(line -> width(left(line)) + 3)
                .filter(width -> width <= WIDEST_COLUMN)
                .reduce(COLUMN, Math::max);
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

    private static String left(Dialogue.Line line) {
        return line.marker().length() < 2 ? line.marker() : cut(line.marker(), line.content());
    }

    private static String cut(String marker, Bytes content) {
        if (marker.endsWith("!")) {
            int shown = Math.min(MOST_HEX, content.size());
            return marker + " " + content.slice(0, shown).hex() + rest(shown, content.size());
        }
        String text = marker.endsWith(":") ? content.text() : content.escaped();
        if (text.length() > WIDEST) {
            text = text.substring(0, WIDEST) + "… (" + content.size() + " bytes)";
        }
        return text.isEmpty() ? marker : marker + " " + text;
    }

    private static String rest(int shown, int size) {
        return shown < size ? " … (" + size + " bytes)" : "";
    }

    /** The lines as a script that replays the exchange, times as comments. */
    static String script(ExchangeRecorder exchange) {
        List<String> out = new ArrayList<>();
        out.add("# " + exchange.recorder().title() + ", connection " + exchange.index() + ", opened by "
                + exchange.peerName());
        Dialogue.Eol eol = Dialogue.Eol.CRLF;
        String time = "";
        boolean ended = false;
        for (Dialogue.Line line : Dialogue.of(exchange.events(), exchange.isDatagrams())) {
            String at = "# " + Dialogue.milliseconds(line.at());
            if (line.marker().length() < 2) {
                out.add(at + "  " + line.remark());
                if (line.remark().startsWith(Event.Kind.TLS_ESTABLISHED + ":") && out.size() > 2) {
                    out.add("@starttls");
                }
                String step = endOf(line.remark());
                if (!step.isEmpty() && !ended) {
                    out.add(step);
                    ended = !step.equals("@half-close");
                }
                continue;
            }
            if (!at.equals(time)) {
                out.add(at);
                time = at;
            }
            // what came after the end was recorded, and no step can take it
            String prefix = ended ? "# " : "";
            if (line.marker().equals("S:") && line.eol() != eol && !exchange.isDatagrams()) {
                eol = line.eol();
                out.add(prefix + "@eol " + eol.word);
            }
            for (String step : steps(line, exchange.isDatagrams())) {
                out.add(prefix + step);
            }
        }
        return String.join("\n", out) + "\n";
    }

    private static String endOf(String remark) {
        return switch (remark) {
            case "closed by the server" -> "@close";
            case "half-closed by the server" -> "@half-close";
            case "reset by the server" -> "@reset";
            default -> "";
        };
    }

    private static List<String> steps(Dialogue.Line line, boolean whole) {
        Bytes content = line.content();
        return switch (line.marker().charAt(1)) {
            case ':' ->
                List.of(content.isEmpty() ? line.marker() : line.marker() + " " + Notation.line(content.text()));
            case '<' -> List.of(line.marker() + " " + Notation.escapedBytes(content));
            default -> {
                List<String> pieces = new ArrayList<>();
                int size = whole ? content.size() : 256;
                for (int from = 0; from < content.size(); from += size) {
                    int to = Math.min(content.size(), from + size);
                    pieces.add(line.marker() + " " + content.slice(from, to).hex());
                }
                yield pieces;
            }
        };
    }
}

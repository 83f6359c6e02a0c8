package io.socketharness.recording;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An exchange's events as the lines of a script: {@code C:} and {@code S:} where they are lines of text, {@code C<} and
 * {@code S<} where text is not a line, {@code C!} and {@code S!} where it is no text.
 */
final class Dialogue {

    /** How a line ended on the wire. */
    enum Eol {
        CRLF("crlf"),
        LF("lf"),
        NONE("none");

        final String word;

        Eol(String word) {
            this.word = word;
        }
    }

    /** A line of the dialogue: {@code marker} and {@code content}, or a remark alone. */
    record Line(String marker, Bytes content, Eol eol, Duration at, String remark) {}

    private final boolean datagrams;
    private final List<Line> lines = new ArrayList<>();
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();
    private final List<Integer> runEnds = new ArrayList<>();
    private final List<Duration> runTimes = new ArrayList<>();
    private Event.Kind direction = Event.Kind.RECEIVED;
    private boolean clientEnded;

    private Dialogue(boolean datagrams) {
        this.datagrams = datagrams;
    }

    static List<Line> of(List<Event> events, boolean datagrams) {
        Dialogue dialogue = new Dialogue(datagrams);
        events.forEach(dialogue::add);
        dialogue.endRun();
        return dialogue.lines;
    }

    private void add(Event event) {
        switch (event.kind()) {
            case RECEIVED, SENT -> {
                if (datagrams) {
                    datagram(event);
                } else {
                    if (direction != event.kind()) {
                        endRun();
                        direction = event.kind();
                    }
                    if (!event.detail().isEmpty()) {
                        endRun();
                        remark(event);
                    } else {
                        run.writeBytes(event.bytes().toByteArray());
                        runEnds.add(run.size());
                        runTimes.add(event.at());
                    }
                }
            }
            case OPENED, COMPLETED -> {}
            case CLOSED -> {
                endRun();
                if (!clientEnded) {
                    remark(event);
                }
            }
            default -> {
                clientEnded |=
                        event.kind() == Event.Kind.HALF_CLOSED_BY_CLIENT || event.kind() == Event.Kind.RESET_BY_CLIENT;
                endRun();
                remark(event);
            }
        }
    }

    private void remark(Event event) {
        String words = event.detail().isEmpty() ? event.kind().toString() : event.detail();
        String marker = event.kind() == Event.Kind.SENT ? "S" : event.kind() == Event.Kind.RECEIVED ? "C" : "";
        lines.add(new Line(marker, Bytes.of(), Eol.NONE, event.at(), words));
    }

    private void datagram(Event event) {
        String side = event.kind() == Event.Kind.SENT ? "S" : "C";
        Bytes bytes = event.bytes();
        String text = bytes.decoded();
        boolean oneLine = text != null && isLine(text);
        String form = oneLine ? ":" : bytes.isMostlyText() ? "<" : "!";
        lines.add(new Line(side + form, bytes, Eol.NONE, event.at(), event.detail()));
    }

    private void endRun() {
        Bytes all = Bytes.wrap(run.toByteArray());
        String side = direction == Event.Kind.SENT ? "S" : "C";
        int binaryFrom = -1;
        int from = 0;
        while (from < all.size()) {
            int newline = all.indexOf(NEWLINE, from);
            int to = newline < 0 ? all.size() : newline + 1;
            Line line = line(side, all.slice(from, to), timeAt(to));
            if (line.marker().endsWith("!")) {
                binaryFrom = binaryFrom < 0 ? from : binaryFrom;
            } else {
                binary(side, all, binaryFrom, from);
                binaryFrom = -1;
                lines.add(line);
            }
            from = to;
        }
        binary(side, all, binaryFrom, from);
        run.reset();
        runEnds.clear();
        runTimes.clear();
    }

    private static final Bytes NEWLINE = Bytes.of((byte) '\n');

    private void binary(String side, Bytes all, int from, int to) {
        if (from >= 0) {
            lines.add(new Line(side + "!", all.slice(from, to), Eol.NONE, timeAt(to), ""));
        }
    }

    private static Line line(String side, Bytes piece, Duration at) {
        Eol eol = eol(piece);
        Bytes content = piece.slice(0, piece.size() - (eol == Eol.CRLF ? 2 : eol == Eol.LF ? 1 : 0));
        String text = content.decoded();
        if (eol != Eol.NONE && text != null && isLine(text)) {
            return new Line(side + ":", content, eol, at, "");
        }
        return new Line(side + (piece.isMostlyText() ? "<" : "!"), piece, Eol.NONE, at, "");
    }

    private static Eol eol(Bytes piece) {
        int last = piece.size() - 1;
        if (piece.at(last) != '\n') {
            return Eol.NONE;
        }
        return last > 0 && piece.at(last - 1) == '\r' ? Eol.CRLF : Eol.LF;
    }

    private static boolean isLine(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t');
    }

    private Duration timeAt(int end) {
        for (int i = 0; i < runEnds.size(); i++) {
            if (runEnds.get(i) >= end) {
                return runTimes.get(i);
            }
        }
        return Duration.ZERO;
    }

    static String milliseconds(Duration at) {
        return String.format(Locale.ROOT, "%.1f ms", at.toNanos() / 1e6);
    }
}

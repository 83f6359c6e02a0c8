package io.socketharness.internal.recording;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Eol;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.DialogueLine.Message;
import io.socketharness.internal.recording.DialogueLine.Remark;
import io.socketharness.internal.recording.DialogueLine.Span;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The events of an exchange as lines of a script: {@code C:} and {@code S:} for lines of text, {@code C<} and {@code
 * S<} for other text, {@code C!} and {@code S!} for binary data. Passes on one line at a time, because there may be
 * millions.
 */
final class Dialogue {

    private static final Bytes NEWLINE = Bytes.of((byte) '\n');
    private static final Bytes RETURN = Bytes.of((byte) '\r');

    private final Snapshot exchange;
    private final Consumer<DialogueLine> lines;
    /** Whether frames are shown as their messages instead of bytes. */
    private final boolean framed;

    private final Frames sentFrames;
    private final Frames receivedFrames;
    /** Consecutive reads or writes of one direction. */
    private final List<EventLog.Entry> run = new ArrayList<>();

    /** The event of the run in which the last line ended; -1 before the first line. */
    private int runAt;

    private boolean clientEnded;

    private Dialogue(Snapshot exchange, Consumer<DialogueLine> lines, boolean framed) {
        this.exchange = exchange;
        this.lines = lines;
        this.framed = framed;
        this.sentFrames = new Frames(exchange.sentFrames());
        this.receivedFrames = new Frames(exchange.receivedFrames());
    }

    /** The lines of a script that sends and expects the same bytes. */
    static void forEach(Snapshot exchange, Consumer<DialogueLine> lines) {
        new Dialogue(exchange, lines, false).addAll();
    }

    /** The lines for people: a frame is shown as its message. */
    static void forEachMessage(Snapshot exchange, Consumer<DialogueLine> lines) {
        new Dialogue(exchange, lines, true).addAll();
    }

    private void addAll() {
        for (int i = 0; i < exchange.size(); i++) {
            add(exchange.entry(i));
        }
        endRun();
    }

    private void add(EventLog.Entry event) {
        switch (event.kind()) {
            case RECEIVED, SENT -> {
                if (!event.isKept()) {
                    endRun();
                    remark(event);
                } else if (exchange.datagrams()) {
                    datagram(event);
                } else {
                    if (!run.isEmpty() && run.get(0).kind() != event.kind()) {
                        endRun();
                    }
                    run.add(event);
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

    private void remark(EventLog.Entry event) {
        lines.accept(new Remark(event.kind(), exchange.detail(event), Duration.ofNanos(event.at())));
    }

    private void datagram(EventLog.Entry event) {
        Bytes bytes = exchange.bytes(event);
        Form form = isLine(bytes) ? Form.LINE : bytes.isMostlyText() ? Form.TEXT : Form.HEX;
        Duration at = Duration.ofNanos(event.at());
        lines.accept(new Message(
                Direction.of(event.kind()), form, bytes, bytes, Eol.NONE, Span.at(at), false, event.detail()));
    }

    private void endRun() {
        if (run.isEmpty()) {
            return;
        }
        EventLog.Entry first = run.get(0);
        EventLog.Entry last = run.get(run.size() - 1);
        Bytes log = first.kind() == Event.Kind.SENT ? exchange.sent() : exchange.received();
        Bytes all = log.slice((int) first.offset(), (int) (last.offset() + last.length()));
        runAt = -1;
        int from = 0;
        for (FrameLog.Frame frame : frames(first, all.size())) {
            int begin = (int) (frame.from() - first.offset());
            lines(all.slice(0, begin), from);
            from = (int) (frame.to() - first.offset());
            Bytes bytes = all.slice(begin, from);
            int content = (int) (frame.content() - first.offset());
            Bytes message = all.slice(content, content + frame.length());
            line(message.isMostlyText() ? Form.TEXT : Form.HEX, message, bytes, Eol.NONE, from);
        }
        lines(all, from);
        run.clear();
    }

    /** The frames within the run. */
    private List<FrameLog.Frame> frames(EventLog.Entry first, int size) {
        if (!framed) {
            return List.of();
        }
        Frames frames = first.kind() == Event.Kind.SENT ? sentFrames : receivedFrames;
        return frames.between(first.offset(), first.offset() + size);
    }

    /** The frames of one direction, which are passed once, as the runs are. */
    private static final class Frames {

        private final List<FrameLog.Frame> all;
        private int next;

        Frames(List<FrameLog.Frame> all) {
            this.all = all;
        }

        List<FrameLog.Frame> between(long from, long to) {
            while (next < all.size() && all.get(next).from() < from) {
                next++;
            }
            int first = next;
            while (next < all.size() && all.get(next).to() <= to) {
                next++;
            }
            return all.subList(first, next);
        }
    }

    /** Passes on lines of bytes outside of frames. */
    private void lines(Bytes all, int start) {
        boolean isFromClient = run.get(0).kind() == Event.Kind.RECEIVED;
        int from = isFromClient && start == 0 && TlsHelloBytes.isHello(all, false) ? hello(all) : start;
        int binaryFrom = -1;
        if (isMostlyBinary(all, from)) {
            binaryFrom = from;
            from = all.size();
        }
        while (from < all.size()) {
            int newline = all.indexOf(NEWLINE, from);
            int to = newline < 0 ? all.size() : newline + 1;
            Bytes piece = all.slice(from, to);
            Eol eol = eol(piece);
            Bytes content = piece.slice(0, piece.size() - (eol == Eol.CRLF ? 2 : eol == Eol.LF ? 1 : 0));
            if (eol != Eol.NONE && isLine(content)) {
                binary(all, binaryFrom, from);
                binaryFrom = -1;
                line(Form.LINE, content, piece, eol, to);
            } else if (piece.isMostlyText()) {
                binary(all, binaryFrom, from);
                binaryFrom = -1;
                line(Form.TEXT, piece, piece, Eol.NONE, to);
            } else if (binaryFrom < 0) {
                binaryFrom = from;
            }
            from = to;
        }
        binary(all, binaryFrom, from);
    }

    /** Passes on the hello of a client that begins TLS on a plain connection, and returns its end. */
    private int hello(Bytes all) {
        int end = TlsHelloBytes.length(all);
        hex(all.slice(0, end), end);
        return end;
    }

    /** Whether less than half of the bytes are text: then bytes that look like an end of line mean nothing. */
    private static boolean isMostlyBinary(Bytes all, int start) {
        if (all.slice(start, all.size()).isMostlyText()) {
            return false;
        }
        int text = 0;
        int from = start;
        while (from < all.size()) {
            int newline = all.indexOf(NEWLINE, from);
            int to = newline < 0 ? all.size() : newline + 1;
            text += all.slice(from, to).isMostlyText() ? to - from : 0;
            from = to;
        }
        return 2 * text < all.size() - start;
    }

    private void binary(Bytes all, int from, int to) {
        if (from >= 0 && from < to) {
            hex(all.slice(from, to), to);
        }
    }

    private void hex(Bytes bytes, int end) {
        line(Form.HEX, bytes, bytes, Eol.NONE, end);
    }

    /** Passes on a line of the run. */
    private void line(Form form, Bytes content, Bytes bytes, Eol eol, int end) {
        EventLog.Entry first = run.get(0);
        int before = runAt;
        runAt = Math.max(0, runAt);
        int begin = skip(runAt, first.offset() + Math.min(end, end - bytes.size() + 1));
        runAt = skip(begin, first.offset() + end);
        boolean single = exchange.eventsAreSingle();
        Span span = new Span(
                Duration.ofNanos(run.get(begin).at()),
                Duration.ofNanos(run.get(runAt).at()),
                single ? runAt - begin + 1 : 1);
        boolean joined = before == runAt && single;
        lines.accept(new Message(Direction.of(first.kind()), form, content, bytes, eol, span, joined, ""));
    }

    /** The index of the event of the run, from one on, that has the byte before {@code end}. */
    private int skip(int from, long end) {
        int index = from;
        while (run.get(index).offset() + run.get(index).length() < end) {
            index++;
        }
        return index;
    }

    private static Eol eol(Bytes piece) {
        int last = piece.size() - 1;
        if (piece.at(last) != '\n') {
            return Eol.NONE;
        }
        return last > 0 && piece.at(last - 1) == '\r' ? Eol.CRLF : Eol.LF;
    }

    private static boolean isLine(Bytes bytes) {
        return bytes.isText() && bytes.indexOf(RETURN, 0) < 0 && bytes.indexOf(NEWLINE, 0) < 0;
    }

    static String milliseconds(Duration at) {
        return String.format(Locale.ROOT, "%.1f ms", at.toNanos() / 1e6);
    }
}

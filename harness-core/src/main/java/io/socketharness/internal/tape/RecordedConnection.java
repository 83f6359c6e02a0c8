package io.socketharness.internal.tape;

import io.socketharness.internal.recording.DialogueLine;
import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Eol;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.Replay;
import io.socketharness.internal.recording.ReplayTarget;
import io.socketharness.internal.tape.Piece.Literal;
import io.socketharness.internal.tape.TapeLine.Message;
import io.socketharness.internal.tape.TapeLine.Other;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of a tape for a recorded connection. */
final class RecordedConnection implements ReplayTarget {

    /** Shorter pauses differ in each recording. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private static final int LONGEST_LINE = 1 << 20;

    private final boolean datagrams;
    private final List<TapeLine> lines = new ArrayList<>();
    /** The end of all lines whose end is not written. */
    private @Nullable Eol eol;

    private @Nullable Duration last;

    private RecordedConnection(boolean datagrams) {
        this.datagrams = datagrams;
    }

    static List<TapeLine> lines(Exchange exchange) {
        RecordedConnection connection = new RecordedConnection(exchange.isDatagrams());
        Replay.forEach(exchange, connection);
        return connection.lines;
    }

    @Override
    public void remark(String words, Duration at) {
        // ports, ciphers and times differ in each recording
    }

    @Override
    public void step(String line) {
        lines.add(new Other(line));
    }

    @Override
    public void late(DialogueLine.Message message) {
        // no step can receive it
    }

    @Override
    public void message(DialogueLine.Message message) {
        pause(message.at());
        if (!datagrams && message.form() == Form.LINE) {
            line(message);
        } else if (message.form() == Form.LINE && endsInBlank(message.content())) {
            add(message.direction(), Form.TEXT, "", message.content());
        } else {
            add(message.direction(), message.form(), "", message.content());
        }
    }

    private void pause(Duration at) {
        if (last != null && at.minus(last).compareTo(SHORTEST_PAUSE) >= 0) {
            step(String.format(Locale.ROOT, "# %.1f s later", at.minus(last).toNanos() / 1e9));
        }
        last = at;
    }

    /** Editors remove white space at the end of a line. */
    private static boolean endsInBlank(Bytes content) {
        return !content.isEmpty() && Character.isWhitespace(content.at(content.size() - 1));
    }

    /**
     * A line with another end than the first one, or with white space before it, is written with its end. So is a line of
     * the client that a server with the default message limit does not receive as a line.
     */
    private void line(DialogueLine.Message message) {
        if (eol == null) {
            eol = message.eol();
            step("@eol " + eol.word + " exact");
        }
        boolean isTooLong = message.direction() == Direction.FROM_CLIENT
                && message.content().size() >= LONGEST_LINE;
        if (message.eol() == eol && !endsInBlank(message.content()) && !isTooLong) {
            add(message.direction(), Form.LINE, characters(eol), message.content());
        } else {
            add(
                    message.direction(),
                    Form.TEXT,
                    "",
                    Bytes.ofText(message.content().text() + characters(message.eol())));
        }
    }

    private void add(Direction direction, Form form, String end, Bytes content) {
        List<Piece> pieces = content.isEmpty() ? List.of() : List.of(new Literal(content));
        lines.add(new Message(direction, form, end, pieces, null));
    }

    private static String characters(Eol eol) {
        return eol == Eol.CRLF ? "\r\n" : eol == Eol.LF ? "\n" : "";
    }
}

package io.socketharness.internal.recording;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Eol;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.DialogueLine.Message;
import io.socketharness.internal.recording.DialogueLine.Remark;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.util.Set;
import java.util.function.Consumer;

/** Writes a dialogue as a script that replays the exchange, with the times as comments. */
final class ReplayText implements Consumer<DialogueLine> {

    /** Events that neither the client nor the script causes. */
    private static final Set<Event.Kind> ASIDE = Set.of(Event.Kind.NETWORK, Event.Kind.REAL_SERVER);

    private static final int MOST_BYTES = 256;

    private final StringBuilder out = new StringBuilder();
    private final boolean datagrams;
    private Eol eol = Eol.CRLF;
    private String time = "";
    /** Whether a replayed line came before. */
    private boolean begun;

    private boolean ended;

    private ReplayText(boolean datagrams) {
        this.datagrams = datagrams;
    }

    static String of(ExchangeRecorder exchange) {
        ReplayText text = new ReplayText(exchange.isDatagrams());
        text.add("# " + exchange.recorder().title() + ", connection " + exchange.index() + ", opened by "
                + exchange.client().name());
        Dialogue.forEach(exchange.snapshot(), text);
        return text.out.toString();
    }

    private void add(String line) {
        out.append(line).append('\n');
    }

    @Override
    public void accept(DialogueLine line) {
        String at = "# " + Dialogue.milliseconds(line.at());
        if (line instanceof Remark remark) {
            add(at + "  " + remark.words());
            event(remark);
            begun |= !ASIDE.contains(remark.kind());
        } else if (line instanceof Message message) {
            if (!at.equals(time)) {
                add(at);
                time = at;
            }
            message(message);
            begun = true;
        }
    }

    private void event(Remark remark) {
        Event.Kind kind = remark.kind();
        if (kind == Event.Kind.TLS_ESTABLISHED && begun) {
            add("@starttls");
        }
        boolean closedNow = remark.detail().equals(ExchangeRecorder.CLOSED_NOW);
        String step = switch (kind) {
            case CLOSED -> closedNow ? "@close now" : "@close";
            case HALF_CLOSED_BY_SERVER -> "@half-close";
            case RESET_BY_SERVER -> "@reset";
            default -> "";
        };
        if (!step.isEmpty() && (remark.detail().isEmpty() || closedNow) && !ended) {
            add(step);
            ended = kind != Event.Kind.HALF_CLOSED_BY_SERVER;
        }
    }

    private void message(Message message) {
        // input after the end was recorded, but no step can receive it
        String prefix = ended ? "# " : "";
        boolean endsLine = message.direction() == Direction.FROM_SERVER && message.form() == Form.LINE;
        if (endsLine && message.eol() != eol && !datagrams) {
            eol = message.eol();
            add(prefix + "@eol " + eol.word);
        }
        // only a datagram from another port has a remark
        boolean fromOtherPort = message.direction() == Direction.FROM_SERVER
                && !message.remark().isEmpty();
        if (fromOtherPort) {
            add(prefix + "@other-port");
        }
        content(prefix + message.marker(), message);
        if (fromOtherPort) {
            add(prefix + "@end");
        }
    }

    private void content(String marker, Message message) {
        Bytes content = message.content();
        switch (message.form()) {
            case LINE -> add(content.isEmpty() ? marker : marker + " " + Notation.line(content.text()));
            case TEXT -> add(marker + " " + Notation.escapedBytes(content));
            case HEX -> {
                int size = datagrams ? Math.max(1, content.size()) : MOST_BYTES;
                for (int from = 0; from < content.size(); from += size) {
                    int to = Math.min(content.size(), from + size);
                    add(marker + " " + content.slice(from, to).hex());
                }
            }
        }
    }
}

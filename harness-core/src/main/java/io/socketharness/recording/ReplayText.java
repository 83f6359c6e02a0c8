package io.socketharness.recording;

import java.util.function.Consumer;

/** The lines of a dialogue as a script that replays the exchange, times as comments. */
final class ReplayText implements Consumer<Dialogue.Line> {

    private static final int MOST_BYTES = 256;

    private final StringBuilder out = new StringBuilder();
    private final boolean datagrams;
    private Dialogue.Eol eol = Dialogue.Eol.CRLF;
    private String time = "";
    /** Whether something that is replayed came before. */
    private boolean begun;

    private boolean ended;

    private ReplayText(boolean datagrams) {
        this.datagrams = datagrams;
    }

    static String of(ExchangeRecorder exchange) {
        ReplayText text = new ReplayText(exchange.isDatagrams());
        text.add("# " + exchange.recorder().title() + ", connection " + exchange.index() + ", opened by "
                + exchange.peerName());
        Dialogue.forEach(exchange.snapshot(), text);
        return text.out.toString();
    }

    private void add(String line) {
        out.append(line).append('\n');
    }

    @Override
    public void accept(Dialogue.Line line) {
        String at = "# " + Dialogue.milliseconds(line.at());
        if (line.marker().length() < 2) {
            add(at + "  " + line.remark());
            // in other words it was not done as the step does it
            event(line.kind(), line.remark().equals(line.kind().toString()));
        } else {
            if (!at.equals(time)) {
                add(at);
                time = at;
            }
            message(line);
        }
        begun = true;
    }

    private void event(Event.Kind kind, boolean plain) {
        if (kind == Event.Kind.TLS_ESTABLISHED && begun) {
            add("@starttls");
        }
        String step = switch (kind) {
            case CLOSED -> "@close";
            case HALF_CLOSED_BY_SERVER -> "@half-close";
            case RESET_BY_SERVER -> "@reset";
            default -> "";
        };
        if (!step.isEmpty() && plain && !ended) {
            add(step);
            ended = kind != Event.Kind.HALF_CLOSED_BY_SERVER;
        }
    }

    private void message(Dialogue.Line line) {
        // what came after the end was recorded, and no step can take it
        String prefix = ended ? "# " : "";
        if (line.marker().equals("S:") && line.eol() != eol && !datagrams) {
            eol = line.eol();
            add(prefix + "@eol " + eol.word);
        }
        Bytes content = line.content();
        switch (line.marker().charAt(1)) {
            case ':' ->
                add(prefix + (content.isEmpty() ? line.marker() : line.marker() + " " + Notation.line(content.text())));
            case '<' -> add(prefix + line.marker() + " " + Notation.escapedBytes(content));
            default -> {
                int size = datagrams ? Math.max(1, content.size()) : MOST_BYTES;
                for (int from = 0; from < content.size(); from += size) {
                    int to = Math.min(content.size(), from + size);
                    add(prefix + line.marker() + " " + content.slice(from, to).hex());
                }
            }
        }
    }
}

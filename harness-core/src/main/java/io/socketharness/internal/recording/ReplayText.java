package io.socketharness.internal.recording;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Eol;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.DialogueLine.Message;
import io.socketharness.recording.Bytes;
import java.time.Duration;

/** Writes the steps that replay an exchange as a script, with the times as comments. */
final class ReplayText implements ReplayTarget {

    private static final int MOST_BYTES = 256;

    private final StringBuilder out = new StringBuilder();
    private final boolean datagrams;
    private Eol eol = Eol.CRLF;
    private String time = "";

    private ReplayText(boolean datagrams) {
        this.datagrams = datagrams;
    }

    static String of(ExchangeRecorder exchange) {
        ReplayText text = new ReplayText(exchange.isDatagrams());
        text.step("# " + exchange.recorder().title() + ", connection " + exchange.index() + ", opened by "
                + exchange.client().name());
        Replay.of(exchange.recorder().secrets().hide(exchange.snapshot()), text);
        return text.out.toString();
    }

    @Override
    public void remark(String words, Duration at) {
        step("# " + Dialogue.milliseconds(at) + "  " + words);
    }

    @Override
    public void step(String line) {
        out.append(line).append('\n');
    }

    @Override
    public void late(Message message) {
        time(message);
        content("# " + message.marker(), message);
    }

    @Override
    public void message(Message message) {
        time(message);
        boolean endsLine = message.direction() == Direction.FROM_SERVER && message.form() == Form.LINE;
        if (endsLine && message.eol() != eol && !datagrams) {
            eol = message.eol();
            step("@eol " + eol.word);
        }
        content(message.marker(), message);
    }

    private void time(Message message) {
        String at = "# " + Dialogue.milliseconds(message.at());
        if (!at.equals(time)) {
            step(at);
            time = at;
        }
    }

    private void content(String marker, Message message) {
        Bytes content = message.content();
        switch (message.form()) {
            case LINE -> step(content.isEmpty() ? marker : marker + " " + Notation.line(content.text()));
            case TEXT -> step(marker + " " + Notation.escapedBytes(content));
            case HEX -> {
                int size = datagrams ? Math.max(1, content.size()) : MOST_BYTES;
                for (int from = 0; from < content.size(); from += size) {
                    int to = Math.min(content.size(), from + size);
                    step(marker + " " + content.slice(from, to).hex());
                }
            }
        }
    }
}

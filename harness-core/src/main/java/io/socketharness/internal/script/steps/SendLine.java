package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.text.Template;
import io.socketharness.script.Connection;
import java.util.Arrays;
import java.util.List;

/** Sends text and an end of line; on datagrams the text alone. */
public record SendLine(Template text) implements Step {

    @Override
    public void run(Connection connection) {
        connection.send(line(text, connection));
    }

    /** The bytes of a line with its end. */
    static byte[] line(Template text, Connection connection) {
        return line(text.bytes(connection), connection);
    }

    static byte[] line(byte[] line, Connection connection) {
        if (connection.isDatagrams()) {
            return line;
        }
        byte[] end = connection.eol().characters().getBytes(connection.charset());
        byte[] all = Arrays.copyOf(line, line.length + end.length);
        System.arraycopy(end, 0, all, line.length, end.length);
        return all;
    }

    @Override
    public Needs needs() {
        return text.isComputed() ? Needs.THREAD : Needs.NOTHING;
    }

    @Override
    public Obligation obligation() {
        return Obligation.SENDS;
    }

    @Override
    public List<String> refersTo() {
        return text.variables();
    }

    @Override
    public List<String> lines() {
        return TextForm.line("S:", text.toLine());
    }
}

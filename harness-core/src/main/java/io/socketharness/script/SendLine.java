package io.socketharness.script;

import java.util.Arrays;
import java.util.List;

/** Sends text and an end of line; on datagrams the text alone. */
record SendLine(Template text) implements Step {

    @Override
    public void run(Connection connection) {
        connection.send(line(text, connection));
    }

    /** The bytes of a line with its end. */
    static byte[] line(Template text, Connection connection) {
        byte[] line = text.bytes(connection);
        if (connection.input().isDatagrams()) {
            return line;
        }
        byte[] end = connection.settings().eol().characters().getBytes(connection.charset());
        byte[] all = Arrays.copyOf(line, line.length + end.length);
        System.arraycopy(end, 0, all, line.length, end.length);
        return all;
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Duty duty() {
        return Duty.SENDS;
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

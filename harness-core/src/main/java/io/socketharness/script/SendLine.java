package io.socketharness.script;

import java.util.Arrays;
import java.util.List;

/** Sends text and an end of line; on datagrams the text alone. */
record SendLine(Template text) implements Step {

    @Override
    public void run(Connection connection) {
        byte[] line = text.bytes(connection);
        byte[] end = connection.settings().eol().characters().getBytes(connection.charset());
        connection.send(connection.input().isDatagrams() ? line : joined(line, end));
    }

    private static byte[] joined(byte[] line, byte[] end) {
        byte[] all = Arrays.copyOf(line, line.length + end.length);
        System.arraycopy(end, 0, all, line.length, end.length);
        return all;
    }

    @Override
    public Duty duty() {
        return Duty.SENDS;
    }

    @Override
    public List<String> lines() {
        return TextForm.line("S:", text.toLine());
    }
}

package io.socketharness.internal.forward;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Watches for a line of the client, and for a line of the real server after it. */
final class LineWatch implements UpgradeWatch {

    /** Lines that are longer are no commands and no answers. */
    private static final int LONGEST = 2048;

    private final Pattern request;
    private final Pattern answer;
    private final Line client = new Line();
    private final Line server = new Line();
    private boolean requested;

    LineWatch(Pattern request, Pattern answer) {
        this.request = request;
        this.answer = answer;
    }

    @Override
    public synchronized void fromClient(byte[] data) {
        for (byte one : data) {
            if (client.ends(one)) {
                requested = request.matcher(client.take()).matches();
            }
        }
    }

    @Override
    public synchronized int fromServer(byte[] data) {
        for (int i = 0; i < data.length; i++) {
            if (server.ends(data[i]) && answer.matcher(server.take()).matches() && requested) {
                return i + 1;
            }
        }
        return -1;
    }

    private static final class Line {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        boolean ends(byte next) {
            if (next != '\n' && bytes.size() < LONGEST) {
                bytes.write(next);
            }
            return next == '\n';
        }

        String take() {
            String line = bytes.toString(StandardCharsets.ISO_8859_1);
            bytes.reset();
            return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        }
    }
}

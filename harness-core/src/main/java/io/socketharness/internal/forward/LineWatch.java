package io.socketharness.internal.forward;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Watches for a line of the client, and for a line of the real server after it. */
final class LineWatch implements UpgradeWatch {

    /** Lines that are longer are no commands and no answers. */
    private static final int LONGEST = 2048;

    private final Pattern request;
    private final Pattern answer;
    private final Line client = new Line();
    private final Line server = new Line();
    private final boolean tagged;
    /** The last line of the client if it is a request; otherwise null. */
    private @Nullable String requested;

    /** @param tagged whether the answer begins with the same word as its request */
    LineWatch(Pattern request, Pattern answer, boolean tagged) {
        this.request = request;
        this.answer = answer;
        this.tagged = tagged;
    }

    @Override
    public synchronized void fromClient(byte[] data) {
        for (byte one : data) {
            if (client.ends(one)) {
                String line = client.take();
                requested = request.matcher(line).matches() ? line : null;
            }
        }
    }

    @Override
    public synchronized int fromServer(byte[] data) {
        for (int i = 0; i < data.length; i++) {
            if (server.ends(data[i]) && agrees(server.take())) {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean agrees(String line) {
        String asked = requested;
        return asked != null
                && answer.matcher(line).matches()
                && (!tagged || firstWord(line).equals(firstWord(asked)));
    }

    private static String firstWord(String line) {
        return line.substring(0, line.indexOf(' '));
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

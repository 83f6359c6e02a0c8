package io.socketharness.internal.forward;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Watches for a line of the client, and for a line of the real server after it. */
final class LineWatch implements UpgradeWatch {

    private final Pattern request;
    private final Pattern answer;
    private final WatchedLine client = new WatchedLine();
    private final WatchedLine server = new WatchedLine();
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
}

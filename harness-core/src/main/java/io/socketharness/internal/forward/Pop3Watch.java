package io.socketharness.internal.forward;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Pattern;

/**
 * Watches for {@code STLS} of POP3 and its answer. A client may send commands without waiting (RFC 2449, section 6.6),
 * and every answer that agrees begins with {@code +OK}, so the answers are counted.
 */
final class Pop3Watch implements UpgradeWatch {

    private static final Pattern REQUEST = Pattern.compile("(?i)STLS\\s*");
    /** Commands with several lines in an answer that agrees: RFC 1939; CAPA of RFC 2449; AUTH without a mechanism. */
    private static final Pattern MANY_LINES = Pattern.compile("(?i)((CAPA|LIST|UIDL|AUTH)\\s*|(RETR|TOP)\\s.*)");

    private final WatchedLine client = new WatchedLine();
    private final WatchedLine server = new WatchedLine();
    /** The commands without an answer. The greeting answers none. */
    private final Queue<String> unanswered = new ArrayDeque<>();
    /** The server is in an answer that a line with a dot ends. */
    private boolean untilDot;
    /** The next line of the client continues a command (RFC 5034). */
    private boolean continues;

    @Override
    public synchronized void fromClient(byte[] data) {
        for (byte one : data) {
            if (client.ends(one)) {
                String line = client.take();
                if (!continues) {
                    unanswered.add(line);
                }
                continues = false;
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
        if (untilDot) {
            untilDot = !line.equals(".");
            return false;
        }
        if (line.equals("+") || line.startsWith("+ ")) {
            continues = true;
            return false;
        }
        String command = unanswered.poll();
        if (command == null || !line.startsWith("+OK")) {
            return false;
        }
        untilDot = MANY_LINES.matcher(command).matches();
        return REQUEST.matcher(command).matches();
    }
}

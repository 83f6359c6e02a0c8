package io.socketharness.internal.forward;

import io.socketharness.script.Forward;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a step that forwards, without its word. */
public final class ForwardText {

    private static final Pattern FORWARD = Pattern.compile("(?<url>.*?)(?:\\s+starttls(?<upgrade>(?:\\s.*)?))?");
    private static final Pattern TWO_QUOTED =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s+\"((?:[^\"\\\\]|\\\\.)*)\"");

    private ForwardText() {}

    /** Reads an address, with {@code starttls} and its arguments after it if TLS begins later. */
    public static Forward parse(String text) {
        Matcher parts = FORWARD.matcher(text.strip());
        if (!parts.matches() || parts.group("url").isEmpty()) {
            throw new IllegalArgumentException("the address of a real server is missing, such as tcp://localhost:6379"
                    + (text.isBlank() ? "" : "; found \"" + text + "\""));
        }
        Forward forward = new ForwardStep(parts.group("url"), null);
        String upgrade = parts.group("upgrade");
        return upgrade == null ? forward : startTls(forward, upgrade.strip());
    }

    private static Forward startTls(Forward forward, String arguments) {
        Matcher regexes = TWO_QUOTED.matcher(arguments);
        if (regexes.matches()) {
            return forward.startTls(regexes.group(1), regexes.group(2));
        }
        if (arguments.indexOf('"') >= 0) {
            throw new IllegalArgumentException("starttls takes a protocol, such as starttls smtp, or two regular"
                    + " expressions in quotes, such as starttls \"STARTTLS\" \"220 .*\", but found \"" + arguments
                    + "\"");
        }
        return forward.startTls(arguments);
    }
}

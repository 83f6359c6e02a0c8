package io.socketharness.internal.script.parser;

import io.socketharness.internal.TypedBreak;
import io.socketharness.internal.script.text.MalformedText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses mistakes at the beginning of a line, and suggests what to write. */
final class Markers {

    private static final int LONGEST = 60;

    private Markers() {}

    /** For a line without a marker. */
    static IllegalArgumentException missing(String line) {
        // A marker in lower case, without its colon, or with a space before it. Compiled only for the error.
        Matcher almost = Pattern.compile(
                        "(?<letter>[SCsc])(?:(?<sign>[:<!]|(?<=[Cc])~)|\\s+:|(?=\\s|$))\\s*(?<text>.*)", Pattern.DOTALL)
                .matcher(line);
        if (!almost.matches()) {
            return new IllegalArgumentException(
                    quoted(line) + " does not begin with S: C: C~ S< C< S! C! @ or #; a step is one line: if this"
                            + " is part of the line above, join the two lines");
        }
        String sign = almost.group("sign") == null ? ":" : almost.group("sign");
        String marker = almost.group("letter").toUpperCase(Locale.ROOT) + sign;
        return new IllegalArgumentException(quoted(line) + " does not begin with a marker; did you mean "
                + quoted((marker + " " + almost.group("text")).strip()) + "?");
    }

    private static String quoted(String line) {
        return "\"" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "\"";
    }

    /** Refuses a colon after {@code S!} or {@code C!}. */
    static void requireNoColon(String marker, String hex) {
        if (hex.startsWith(":")) {
            throw new MalformedText(
                    0,
                    marker + " is written without a colon; write "
                            + quoted(marker + " " + hex.substring(1).strip()));
        }
    }

    /** Refuses an end of line that is typed as escapes into text without escapes. */
    static void requireNoTypedBreak(String marker, String text) {
        String found = TypedBreak.in(text);
        if (!found.isEmpty()) {
            throw new MalformedText(
                    found.length() == 2 ? text.length() - 2 : text.indexOf(found),
                    "found " + found + ", but " + marker + " has no escapes and " + remedy(marker)
                            + "; \\${}n is plain text");
        }
    }

    private static String remedy(String marker) {
        return switch (marker) {
            case "C:" -> "matches a line without its end; remove it, or use C<, which has escapes";
            case "S:" ->
                "adds the end of the line; remove it (for LF alone, write @eol lf before), or use S<, which has"
                        + " escapes";
            default -> "adds the end of the line; remove it (for LF alone, write @eol lf before)";
        };
    }
}

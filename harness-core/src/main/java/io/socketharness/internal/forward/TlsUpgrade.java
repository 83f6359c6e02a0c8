package io.socketharness.internal.forward;

import io.socketharness.internal.KnownWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a protocol begins TLS in the middle of a connection.
 *
 * @param name as in the text form; empty for two regular expressions
 * @param request matches the client's line
 * @param answer matches the server's line that agrees
 */
record TlsUpgrade(String name, String request, String answer) {

    private static final String POSTGRES = "postgres";
    private static final String IMAP = "imap";
    private static final String POP3 = "pop3";

    private static final Map<String, TlsUpgrade> KNOWN = new LinkedHashMap<>();

    static {
        known("smtp", "(?i)STARTTLS\\s*", "220( .*)?");
        known(IMAP, "(?i)\\S+ STARTTLS\\s*", "(?i)(?![*+] )\\S+ OK( .*)?");
        known(POP3, "", "");
        known("ftp", "(?i)AUTH\\s+(TLS|TLS-C|SSL)\\s*", "234( .*)?");
        known(POSTGRES, "", "");
    }

    private static void known(String name, String request, String answer) {
        KNOWN.put(name, new TlsUpgrade(name, request, answer));
    }

    static TlsUpgrade named(String name) {
        TlsUpgrade known = KNOWN.get(name);
        if (known == null) {
            List<String> names = List.copyOf(KNOWN.keySet());
            throw new IllegalArgumentException("unknown protocol \"" + name + "\" for starttls; "
                    + KnownWords.hint(
                            name,
                            names,
                            "known are " + String.join(", ", names)
                                    + "; for another one, give two regular expressions: the client's request and the"
                                    + " server's answer"));
        }
        return known;
    }

    static TlsUpgrade matching(String request, String answer) {
        check("request", request);
        check("answer", answer);
        return new TlsUpgrade("", request, answer);
    }

    private static void check(String what, String regex) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("the regular expression for the " + what + " of starttls is malformed: "
                    + wrong.getDescription() + " in \"" + regex + "\"");
        }
    }

    /** The arguments after {@code starttls} in the text form. */
    @Override
    public String toString() {
        return name.isEmpty() ? quoted(request) + " " + quoted(answer) : name;
    }

    private static String quoted(String regex) {
        return "\"" + regex.replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\"", "$1\\\\\"") + "\"";
    }

    /** Watches the beginning of a connection. */
    UpgradeWatch watch() {
        return switch (name) {
            case POSTGRES -> new PostgresWatch();
            case POP3 -> new Pop3Watch();
            default -> new LineWatch(Pattern.compile(request), Pattern.compile(answer), name.equals(IMAP));
        };
    }
}

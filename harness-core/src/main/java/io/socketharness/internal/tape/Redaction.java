package io.socketharness.internal.tape;

import io.socketharness.internal.recording.Ranges;
import io.socketharness.internal.tape.Piece.Gap;
import io.socketharness.internal.tape.Piece.Literal;
import io.socketharness.internal.tape.TapeLine.Other;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes secrets: from the client any text is accepted in their place, and the server sends asterisks. */
final class Redaction {

    private static final Pattern CONTENT =
            Pattern.compile("[ \\t]*(?<marker>#|[CS][~!])(?<content>.*)", Pattern.DOTALL);

    private Redaction() {}

    static List<TapeLine> redact(List<TapeLine> lines, boolean datagrams, List<Pattern> secrets) {
        return Passages.change(lines, datagrams, passage -> redact(passage, secrets)).stream()
                .map(line -> line instanceof Other other ? redact(other, secrets) : line)
                .toList();
    }

    private static void redact(Passage passage, List<Pattern> secrets) {
        for (Ranges.One secret : Ranges.of(secrets, passage.text())) {
            passage.literals(secret.from(), secret.to())
                    .forEach(range -> passage.replace(
                            range,
                            piece -> passage.message(range.message()).isFromClient()
                                    ? Gap.ofAnything(piece.bytes(), stars(piece.bytes()))
                                    : new Literal(stars(piece.bytes()))));
        }
    }

    private static Bytes stars(Bytes secret) {
        return Bytes.ofText("*".repeat(secret.size()));
    }

    /** A line that is not a literal message, such as {@code C~} or a comment. Settings and blocks have no secrets. */
    private static TapeLine redact(Other other, List<Pattern> secrets) {
        String text = other.text();
        Matcher line = CONTENT.matcher(text);
        if (!line.matches()) {
            return other;
        }
        boolean isRegex = line.group("marker").equals("C~");
        String content = line.group("content");
        StringBuilder out = new StringBuilder(text.substring(0, line.start("content")));
        int copied = 0;
        for (Ranges.One secret : Ranges.of(secrets, content)) {
            out.append(content, copied, secret.from());
            out.append(isRegex ? Gap.ANYTHING : "*".repeat(secret.to() - secret.from()));
            copied = secret.to();
        }
        if (copied == 0) {
            return other;
        }
        String changed = out.append(content, copied, content.length()).toString();
        // a secret may begin or end within a group of the expression
        return new Other(isRegex && !isScript(changed) ? "C~ " + Gap.ANYTHING : changed);
    }

    private static boolean isScript(String line) {
        try {
            Script.parse(line);
            return true;
        } catch (ScriptSyntaxException broken) {
            return false;
        }
    }
}

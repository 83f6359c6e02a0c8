package io.socketharness.internal.tape;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.Ranges;
import io.socketharness.internal.tape.Piece.Gap;
import io.socketharness.internal.tape.Piece.Literal;
import io.socketharness.internal.tape.TapeLine.Other;
import io.socketharness.recording.Bytes;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Removes secrets: from the client any text is accepted in their place, and the server sends asterisks. */
final class Redaction {

    private Redaction() {}

    static List<TapeLine> redact(List<TapeLine> lines, boolean datagrams, List<Pattern> secrets) {
        List<TapeLine> changed = lines;
        for (Direction direction : Direction.values()) {
            changed = Passages.change(changed, datagrams, direction, passage -> redact(passage, secrets));
        }
        return changed.stream()
                .map(line -> line instanceof Other other ? redact(other, secrets) : line)
                .toList();
    }

    private static void redact(Passage passage, List<Pattern> secrets) {
        for (Ranges.One secret : Ranges.of(secrets, passage.text())) {
            passage.literals(secret.from(), secret.to())
                    .forEach(range -> passage.replace(
                            range,
                            piece -> passage.message(range.message()).isFromClient()
                                    ? new Gap(MessageText.ANYTHING, Map.of(), stars(piece.bytes()))
                                    : new Literal(stars(piece.bytes()))));
        }
    }

    private static Bytes stars(Bytes secret) {
        return Bytes.ofText("*".repeat(secret.size()));
    }

    /** A line that is not a literal message, such as {@code C~} or a comment. */
    private static TapeLine redact(Other other, List<Pattern> secrets) {
        String text = other.text();
        boolean isRegex = text.stripLeading().startsWith("C~");
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (Ranges.One secret : Ranges.of(secrets, text)) {
            out.append(text, copied, secret.from());
            out.append(isRegex ? ".*" : "*".repeat(secret.to() - secret.from()));
            copied = secret.to();
        }
        return copied == 0
                ? other
                : new Other(out.append(text, copied, text.length()).toString());
    }
}

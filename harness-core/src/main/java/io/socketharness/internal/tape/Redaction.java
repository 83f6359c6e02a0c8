package io.socketharness.internal.tape;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.Secrets;
import io.socketharness.internal.tape.Piece.Gap;
import io.socketharness.internal.tape.Piece.Literal;
import io.socketharness.internal.tape.TapeLine.Other;
import io.socketharness.recording.Bytes;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes secrets: from the client any text is accepted in their place, and the server sends asterisks. */
final class Redaction {

    private Redaction() {}

    static List<TapeLine> redact(List<TapeLine> lines, boolean datagrams, Pattern secret) {
        List<TapeLine> changed = lines;
        for (Direction direction : Direction.values()) {
            changed = Passages.change(changed, datagrams, direction, passage -> redact(passage, secret));
        }
        return changed.stream()
                .map(line -> line instanceof Other other ? redact(other, secret) : line)
                .toList();
    }

    private static void redact(Passage passage, Pattern secret) {
        Matcher matcher = secret.matcher(passage.text());
        while (matcher.find()) {
            Secrets.forEach(
                    matcher,
                    (from, to) -> passage.literals(from, to)
                            .forEach(range -> passage.replace(
                                    range,
                                    piece -> passage.message(range.message()).isFromClient()
                                            ? new Gap(".*", Map.of(), stars(piece.bytes()))
                                            : new Literal(stars(piece.bytes())))));
        }
    }

    private static Bytes stars(Bytes secret) {
        return Bytes.ofText("*".repeat(secret.size()));
    }

    /** A line that is not a literal message, such as {@code C~} or a comment. */
    private static TapeLine redact(Other other, Pattern secret) {
        String text = other.text();
        boolean isRegex = text.stripLeading().startsWith("C~");
        StringBuilder out = new StringBuilder(text);
        Matcher matcher = secret.matcher(text);
        int[] shift = {0};
        while (matcher.find()) {
            Secrets.forEach(matcher, (from, to) -> {
                String replacement = isRegex ? ".*" : "*".repeat(to - from);
                out.replace(from + shift[0], to + shift[0], replacement);
                shift[0] += replacement.length() - (to - from);
            });
        }
        return out.toString().equals(text) ? other : new Other(out.toString());
    }
}

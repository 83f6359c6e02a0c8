package io.socketharness.internal.tape;

import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.script.text.Template;
import io.socketharness.internal.tape.Piece.Gap;
import io.socketharness.internal.tape.Piece.Literal;
import io.socketharness.internal.tape.Piece.Value;
import io.socketharness.internal.tape.TapeLine.Message;
import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Writes a message as lines of a script. */
final class MessageText {

    /** More binary data than this is written in base64, because nobody reads so much hex. */
    private static final int MOST_HEX = 256;
    /** The bytes of a line of base64, which has 1024 characters. */
    private static final int MOST_BASE64 = 768;

    private static final String SPECIAL = "\\.[]{}()*+?^$|";

    /** A line with more such parts needs a pattern that does not try all ways to divide the line. */
    private static final int MOST_ANYTHING = 3;

    private MessageText() {}

    static List<String> lines(Message message, boolean datagrams) {
        String source = message.source();
        if (source != null) {
            return List.of(source);
        }
        boolean hasGap = message.pieces().stream().anyMatch(Gap.class::isInstance);
        return switch (message.form()) {
            case LINE -> List.of(line(hasGap ? "C~" : marker(message, ':'), hasGap ? regex(message) : text(message)));
            case TEXT ->
                List.of(
                        hasGap
                                ? marker(message, '!') + " " + bytes(message.pieces())
                                : line(marker(message, '<'), escaped(message)));
            case HEX ->
                datagrams
                        ? List.of(marker(message, '!') + " " + bytes(message.pieces()))
                        : binary(marker(message, '!'), message.pieces());
        };
    }

    private static String marker(Message message, char sign) {
        return "" + message.direction().letter + sign;
    }

    private static String line(String marker, String text) {
        return text.isEmpty() ? marker : marker + " " + text;
    }

    private static String text(Message message) {
        List<Template.Part> parts = new ArrayList<>();
        for (Piece piece : message.pieces()) {
            if (piece instanceof Literal literal) {
                parts.add(new Template.Text(literal.bytes().text()));
            } else if (piece instanceof Value value) {
                parts.add(new Template.Variable(value.variable()));
            }
        }
        return new Template(parts).toLine();
    }

    private static String escaped(Message message) {
        StringBuilder out = new StringBuilder();
        for (Piece piece : message.pieces()) {
            if (piece instanceof Literal literal) {
                out.append(literal.bytes().escaped().replace("${", "$${"));
            } else if (piece instanceof Value value) {
                int last = out.length() - 1;
                // a dollar in front of a variable would quote it
                if (last >= 0 && out.charAt(last) == '$') {
                    out.replace(last, last + 1, "\\x24");
                }
                out.append("${").append(value.variable()).append('}');
            }
        }
        if (out.length() > 0 && out.charAt(out.length() - 1) == ' ') {
            out.replace(out.length() - 1, out.length(), "\\x20");
        }
        return out.length() > 0 && out.charAt(0) == ' ' ? "\\x20" + out.substring(1) : out.toString();
    }

    /** The content as a regular expression that matches the whole line. */
    private static String regex(Message message) {
        return new Template(regexParts(message.pieces())).toRegex();
    }

    private static List<Template.Part> regexParts(List<Piece> pieces) {
        boolean hasMany = pieces.stream().filter(MessageText::isAnything).count() > MOST_ANYTHING;
        List<Template.Part> parts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece instanceof Literal literal) {
                parts.add(new Template.Text(quoted(literal.bytes().text())));
            } else if (piece instanceof Value value) {
                parts.add(new Template.Variable(value.variable()));
            } else if (hasMany
                    && piece instanceof Gap gap
                    && gap.isAnything()
                    && i + 2 < pieces.size()
                    && pieces.get(i + 1) instanceof Literal literal
                    && isAnything(pieces.get(i + 2))) {
                // the first place of the literal is right if any is, so no other one is tried
                parts.add(new Template.Text("(?>" + gap.regex().replace(".*", ".*?")
                        + quoted(literal.bytes().text()) + ")"));
                i++;
            } else if (piece instanceof Gap gap) {
                parts.add(new Template.Text(gap.regex()));
            }
        }
        return parts;
    }

    private static boolean isAnything(Piece piece) {
        return piece instanceof Gap gap && gap.isAnything();
    }

    /** Whether the pattern of a line matches the line that was recorded. A message without a pattern does. */
    static boolean matchesItself(Message message) {
        if (message.form() != Form.LINE || message.pieces().stream().noneMatch(Gap.class::isInstance)) {
            return true;
        }
        StringBuilder line = new StringBuilder();
        List<Piece> known = new ArrayList<>();
        for (Piece piece : message.pieces()) {
            line.append(piece.bytes().text());
            known.add(piece instanceof Gap ? piece : new Literal(piece.bytes()));
        }
        StringBuilder regex = new StringBuilder();
        for (Template.Part part : regexParts(known)) {
            regex.append(((Template.Text) part).text());
        }
        try {
            // a script has no line break in a pattern
            return regex.indexOf("\n") < 0
                    && regex.indexOf("\r") < 0
                    && Pattern.matches(regex.toString(), line.toString());
        } catch (PatternSyntaxException | StackOverflowError dependent) {
            return false;
        }
    }

    /** Escapes single characters, because {@code \Q} and {@code \E} are hard to read. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
                out.append('\\');
            }
            out.append(text.charAt(i));
        }
        return out.toString();
    }

    /** In the notation of {@code C!} and {@code S!}. */
    private static String bytes(List<Piece> pieces) {
        StringJoiner out = new StringJoiner(" ");
        for (Piece piece : pieces) {
            if (piece instanceof Literal literal) {
                out.add(bytes(literal.bytes()));
            } else if (piece instanceof Gap gap) {
                out.add("[" + gap.bytes().size() + (gap.variable().isEmpty() ? "" : " " + gap.variable()) + "]");
            } else if (piece instanceof Value value) {
                out.add("${" + value.variable() + "}");
            }
        }
        return out.toString();
    }

    private static String bytes(Bytes bytes) {
        if (bytes.isMostlyText() && !bytes.isEmpty()) {
            return '"' + bytes.escaped().replace("${", "$${").replace("\"", "\\x22") + '"';
        }
        return bytes.size() > MOST_HEX ? base64(bytes) : bytes.hex();
    }

    private static String base64(Bytes bytes) {
        return "base64 \"" + Base64.getEncoder().encodeToString(bytes.toByteArray()) + '"';
    }

    /** On a stream several lines are one message. */
    private static List<String> binary(String marker, List<Piece> pieces) {
        List<String> lines = new ArrayList<>();
        List<Piece> line = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Literal literal && isLong(literal.bytes())) {
                add(lines, marker, line);
                addBase64(lines, marker, literal.bytes());
            } else {
                line.add(piece);
            }
        }
        add(lines, marker, line);
        return lines;
    }

    private static boolean isLong(Bytes bytes) {
        return bytes.size() > MOST_HEX && !bytes.isMostlyText();
    }

    private static void add(List<String> lines, String marker, List<Piece> line) {
        if (!line.isEmpty()) {
            lines.add(marker + " " + bytes(line));
            line.clear();
        }
    }

    private static void addBase64(List<String> lines, String marker, Bytes bytes) {
        for (int from = 0; from < bytes.size(); from += MOST_BASE64) {
            lines.add(marker + " " + base64(bytes.slice(from, Math.min(bytes.size(), from + MOST_BASE64))));
        }
    }
}

package io.socketharness.internal.script.text;

import io.socketharness.recording.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code S!} and {@code C!} lines: hex, with text in quotes, base64 and variables between the bytes; on {@code C!}
 * also places for unknown bytes, {@code [2]}, {@code [2 name]}, {@code [*]} and {@code [* name]}; and a comment at the
 * end.
 */
public final class Hex {

    private static final Pattern PLACE = Pattern.compile("\\[\\s*(\\*|[1-9][0-9]{0,6})(?:\\s+([^\\s\\]]+))?\\s*]");

    private static final String DIGITS = "two hexadecimal digits per byte";
    private static final String BASE64 = "base64";
    private static final String IN_BYTES = DIGITS + ", \"text\" and base64 \"…\"";
    private static final String IN_TEMPLATE = DIGITS + ", \"text\", base64 \"…\" and ${name}";
    private static final String IN_PATTERN = DIGITS + ", \"text\", base64 \"…\", ${name}, [2 name] and [*]";

    private final String line;
    private final boolean places;
    private final String allowed;

    private final List<BytePattern.Element> elements = new ArrayList<>();
    private final List<Template.Part> parts = new ArrayList<>();
    /** Collects consecutive bytes, because joining one-byte parts takes quadratic time. */
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();

    private int at;

    private Hex(String line, boolean places, String allowed) {
        this.line = line;
        this.places = places;
        this.allowed = allowed;
    }

    /** Reads what is sent: all bytes are known. */
    public static Template template(String line) {
        return template(line, IN_TEMPLATE);
    }

    private static Template template(String line, String allowed) {
        Hex hex = new Hex(line, false, allowed);
        hex.read();
        return new Template(List.copyOf(hex.parts));
    }

    /** Reads bytes that are the same on every connection. Text in quotes is UTF-8. */
    public static Bytes bytes(String line) {
        Template bytes = template(line, IN_BYTES);
        if (!bytes.variables().isEmpty()) {
            throw new IllegalArgumentException("found ${" + bytes.variables().get(0) + "} where " + IN_BYTES
                    + " are allowed; only a connection has variables");
        }
        return bytes.constant(StandardCharsets.UTF_8)
                .map(Bytes::of)
                .orElseThrow(() -> new IllegalArgumentException("the text cannot be written in UTF-8"));
    }

    /** Reads what is expected. */
    public static BytePattern pattern(String line) {
        Hex hex = new Hex(line, true, IN_PATTERN);
        hex.read();
        hex.endLiteral();
        return new BytePattern(hex.elements);
    }

    private void read() {
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#' && (at == 0 || Character.isWhitespace(line.charAt(at - 1)))) {
                at = line.length();
            } else if (c == '"') {
                text();
            } else if (line.startsWith(BASE64, at)) {
                base64();
            } else if (line.startsWith("${", at)) {
                variable();
            } else if (c == '[' && places) {
                place();
            } else {
                run.write(oneByte());
            }
        }
        endRun();
    }

    private void text() {
        int end = line.indexOf('"', at + 1);
        if (end < 0) {
            throw new MalformedText(
                    at, "the text " + line.substring(at) + " has no closing \"; for a \" inside it write \\x22");
        }
        parts(part(at + 1, () -> Template.parseEscaped(line.substring(at + 1, end))));
        at = end + 1;
    }

    private void base64() {
        int quote = at + BASE64.length();
        while (quote < line.length() && Character.isWhitespace(line.charAt(quote))) {
            quote++;
        }
        if (quote == line.length() || line.charAt(quote) != '"') {
            throw new MalformedText(at, "found base64 without text in quotes; write it as in base64 \"iVBORw==\"");
        }
        int end = line.indexOf('"', quote + 1);
        if (end < 0) {
            throw new MalformedText(quote, "the base64 text has no closing \"");
        }
        run.writeBytes(Base64Text.decode(line, quote + 1, end));
        at = end + 1;
    }

    private static List<Template.Part> part(int from, Supplier<Template> read) {
        try {
            return read.get().parts();
        } catch (MalformedText wrong) {
            throw wrong.behind(from);
        }
    }

    private void variable() {
        int end = line.indexOf('}', at);
        int to = end < 0 ? line.length() : end + 1;
        parts(part(at, () -> Template.parse(line.substring(at, to))));
        at = to;
    }

    private void place() {
        Matcher place = PLACE.matcher(line).region(at, line.length());
        if (!place.lookingAt()) {
            int end = line.indexOf(']', at);
            throw new MalformedText(
                    at,
                    "found " + line.substring(at, end < 0 ? line.length() : end + 1)
                            + " where [2] for any two bytes, [2 name] to keep them, and [*] or [* name] for"
                            + " the rest of the message are allowed");
        }
        endLiteral();
        String name = place.group(2) == null ? "" : VariableName.check(place.group(2));
        boolean rest = place.group(1).equals("*");
        elements.add(new BytePattern.Place(rest ? BytePattern.REST : Integer.parseInt(place.group(1)), name));
        at = place.end();
    }

    private byte oneByte() {
        int high = digit(at);
        if (at + 1 == line.length()) {
            throw new MalformedText(at, "the last byte has one hexadecimal digit where two are needed");
        }
        int low = digit(at + 1);
        at += 2;
        return (byte) (high << 4 | low);
    }

    private int digit(int index) {
        char c = line.charAt(index);
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw new MalformedText(
                    index, "found '" + c + "' at " + (index + 1) + " where " + allowed + " are allowed");
        }
        return digit;
    }

    private void endRun() {
        if (run.size() > 0) {
            Template.add(parts, List.of(new Template.Raw(Bytes.of(run.toByteArray()))));
            run.reset();
        }
    }

    private void parts(List<Template.Part> more) {
        for (Template.Part part : more) {
            if (part instanceof Template.Raw raw) {
                run.writeBytes(raw.bytes().toByteArray());
            } else if (!(part instanceof Template.Text text && text.text().isEmpty())) {
                endRun();
                Template.add(parts, List.of(part));
            }
        }
    }

    private void endLiteral() {
        endRun();
        if (!parts.isEmpty()) {
            elements.add(new BytePattern.Literal(new Template(List.copyOf(parts))));
            parts.clear();
        }
    }
}

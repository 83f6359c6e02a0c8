package io.socketharness.internal.script.text;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.TypedBreak;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Text with variables: <code>${name}</code> is a variable, <code>$${</code> a plain <code>${</code>, <code>${}</code>
 * is empty and goes in front of white space that would be stripped, and <code>${$}</code> is a plain dollar in front of
 * a variable.
 */
public record Template(List<Part> parts) {

    public sealed interface Part {}

    /** A part whose value a connection knows. */
    public sealed interface Reference extends Part permits Variable, ComputedVariable {
        String name();
    }

    public record Text(String text) implements Part {}

    /** Bytes that are not text: {@code \xHH} escapes above 7F. */
    public record Raw(Bytes bytes) implements Part {}

    public record Variable(String name) implements Reference {}

    /** Reads text in the form of {@code S:}. */
    public static Template parse(String text) {
        return parse(text, Template::plain);
    }

    /** Reads text in the form of {@code S<}, with escapes. */
    public static Template parseEscaped(String text) {
        return parse(text, Escapes::parse);
    }

    /** Reads text for one line. */
    public static Template line(String text) {
        return line(parse(text));
    }

    public static Template line(Template template) {
        for (Part part : template.parts) {
            if (part instanceof Text text
                    && (text.text().indexOf('\r') >= 0 || text.text().indexOf('\n') >= 0)) {
                throw new IllegalArgumentException(
                        "\"" + Bytes.ofText(text.text()).escaped()
                                + "\" contains a line break, but one line is allowed; use a step for each line, or"
                                + " send and expect");
            }
        }
        return template;
    }

    private static List<Part> plain(String text) {
        return List.of(new Text(text));
    }

    private static Template parse(String text, Function<String, List<Part>> literal) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            if (at > from && text.charAt(at - 1) == '$') {
                parts.addAll(literal(text, from, at - 1, literal));
                parts.addAll(plain("${"));
                from = at + 2;
                continue;
            }
            int end = text.indexOf('}', at);
            String name = end < 0 ? text.substring(at + 2) : text.substring(at + 2, end);
            if (end < 0 || !name.isEmpty() && !name.equals("$") && !VariableName.isValid(name)) {
                throw new MalformedText(
                        at,
                        "found ${" + name + (end < 0 ? "" : "}")
                                + " where a name of letters, digits, '.', '-' and '_' in ${…} is allowed; $${ is a"
                                + " plain"
                                + " ${");
            }
            parts.addAll(literal(text, from, at, literal));
            if (name.equals("$")) {
                parts.addAll(plain("$"));
            } else if (!name.isEmpty()) {
                parts.add(new Variable(name));
            }
            from = end + 1;
        }
        parts.addAll(literal(text, from, text.length(), literal));
        return new Template(List.copyOf(joined(parts)));
    }

    private static List<Part> literal(String text, int from, int to, Function<String, List<Part>> literal) {
        try {
            return literal.apply(text.substring(from, to));
        } catch (MalformedText wrong) {
            throw wrong.behind(from);
        }
    }

    /** Adds parts that are not empty, joined with a preceding part of the same kind. */
    static void add(List<Part> parts, List<Part> more) {
        List<Part> all = new ArrayList<>(more);
        if (!parts.isEmpty()) {
            all.add(0, parts.remove(parts.size() - 1));
        }
        parts.addAll(joined(all));
    }

    /** The parts that are not empty, joined with a preceding part of the same kind. There may be many. */
    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (Part part : parts) {
            if (part instanceof Text more) {
                if (!more.text().isEmpty()) {
                    endRaw(raw, joined);
                    text.append(more.text());
                }
            } else if (part instanceof Raw more) {
                endText(text, joined);
                raw.writeBytes(more.bytes().toByteArray());
            } else {
                endText(text, joined);
                endRaw(raw, joined);
                joined.add(part);
            }
        }
        endText(text, joined);
        endRaw(raw, joined);
        return joined;
    }

    private static void endText(StringBuilder text, List<Part> joined) {
        if (text.length() > 0) {
            joined.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    private static void endRaw(ByteArrayOutputStream raw, List<Part> joined) {
        if (raw.size() > 0) {
            joined.add(new Raw(Bytes.of(raw.toByteArray())));
            raw.reset();
        }
    }

    /** The template with these variables replaced by their values. */
    public Template with(Map<String, Part> values) {
        return replaced(part -> part instanceof Variable variable ? values.getOrDefault(variable.name(), part) : part);
    }

    /** The template with its computed variables replaced by their values on a connection. */
    public Template computed(Connection connection) {
        return isComputed()
                ? replaced(part -> part instanceof ComputedVariable computed ? part(computed.value(connection)) : part)
                : this;
    }

    /** Whether it runs user code, which may take long. */
    public boolean isComputed() {
        for (Part part : parts) {
            if (part instanceof ComputedVariable) {
                return true;
            }
        }
        return false;
    }

    private static Part part(Object value) {
        return value instanceof Bytes bytes ? new Raw(bytes) : new Text(value.toString());
    }

    private Template replaced(UnaryOperator<Part> replacement) {
        List<Part> replaced = new ArrayList<>();
        for (Part part : parts) {
            add(replaced, List.of(replacement.apply(part)));
        }
        return new Template(List.copyOf(replaced));
    }

    /** The variables that a connection must have. */
    public List<String> variables() {
        List<String> names = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Variable variable) {
                names.add(variable.name());
            }
        }
        return names;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    public byte[] bytes(Connection connection) {
        Charset charset = connection.charset();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            Object value = part instanceof Text text
                    ? text.text()
                    : part instanceof Raw raw ? raw.bytes() : value((Reference) part, connection);
            out.writeBytes(value instanceof Bytes bytes ? bytes.toByteArray() : encode(value.toString(), charset));
        }
        return out.toByteArray();
    }

    /** The bytes that it has on every connection; empty if they depend on variables, or cannot be encoded. */
    public Optional<byte[]> constant(Charset charset) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            if (part instanceof Raw raw) {
                out.writeBytes(raw.bytes().toByteArray());
            } else if (part instanceof Text text && charset.newEncoder().canEncode(text.text())) {
                out.writeBytes(text.text().getBytes(charset));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(out.toByteArray());
    }

    private static byte[] encode(String text, Charset charset) {
        if (!charset.equals(StandardCharsets.UTF_8) && !charset.newEncoder().canEncode(text)) {
            throw new ExpectationFailed("\"" + text + "\" cannot be written in " + charset);
        }
        return text.getBytes(charset);
    }

    /** The text. {@code quote} converts the values of variables. */
    public String text(Connection connection, Function<String, String> quote) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Reference variable) {
                Object value = value(variable, connection);
                out.append(quote.apply(
                        value instanceof Bytes bytes ? bytes.text(connection.charset()) : value.toString()));
            } else if (part instanceof Text text) {
                out.append(text.text());
            }
        }
        return out.toString();
    }

    /** The value of a variable: {@link Bytes}, or an object whose text counts. */
    public static Object value(Reference variable, Connection connection) {
        return variable instanceof ComputedVariable computed
                ? computed.value(connection)
                : value(variable.name(), connection);
    }

    private static Object value(String name, Connection connection) {
        Object value = connection.variables().get(name);
        if (value == null) {
            Set<String> known = new TreeSet<>(connection.variables().keySet());
            throw new ExpectationFailed("unknown variable ${" + name + "}; "
                    + KnownWords.hint(
                            name, known, "known are " + String.join(", ", known) + "; " + VariableName.sources(name)));
        }
        return value instanceof byte[] array ? Bytes.of(array) : value;
    }

    /** In the form of {@code S:}. */
    public String toLine() {
        return TypedBreak.quoted(toRegex());
    }

    /** In the form of {@code C~}. */
    public String toRegex() {
        String line = print(text -> text);
        return line.startsWith(" ") || line.startsWith("\t") ? "${}" + line : line;
    }

    /** In the form of {@code S<}. */
    public String toEscaped() {
        String line = print(Escapes::escape);
        return line.startsWith(" ") ? "\\x20" + line.substring(1) : line;
    }

    /** In the form of {@code S!}: text in quotes, between the bytes. */
    public String toHex() {
        StringJoiner out = new StringJoiner(" ");
        for (Part part : parts) {
            if (part instanceof Reference variable) {
                out.add("${" + variable.name() + "}");
            } else if (part instanceof Raw raw) {
                out.add(raw.bytes().hex());
            } else if (part instanceof Text text) {
                out.add('"' + Escapes.escape(text.text()).replace("${", "$${").replace("\"", "\\x22") + '"');
            }
        }
        return out.toString();
    }

    private String print(UnaryOperator<String> escape) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Reference variable) {
                // preceding dollars would be read as part of it
                int text = out.length();
                while (text > 0 && out.charAt(text - 1) == '$') {
                    text--;
                }
                int dollars = out.length() - text;
                out.setLength(text);
                out.append("${$}".repeat(dollars));
                out.append("${").append(variable.name()).append('}');
            } else if (part instanceof Raw raw) {
                out.append("\\x").append(raw.bytes().hex().replace(" ", "\\x"));
            } else if (part instanceof Text text) {
                out.append(escape.apply(text.text()).replace("${", "$${"));
            }
        }
        return out.toString();
    }
}

package io.socketharness.internal.tape;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.script.text.Hex;
import io.socketharness.internal.script.text.Template;
import io.socketharness.internal.tape.Piece.Literal;
import io.socketharness.internal.tape.Piece.Value;
import io.socketharness.internal.tape.TapeLine.Message;
import io.socketharness.internal.tape.TapeLine.Other;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Eol;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the text of a tape. */
public final class TapeReader {

    /** Begins a connection. */
    public static final String HEADING = "@connection";

    private static final List<String> TRANSPORTS = List.of("tcp", "tls", "unix", "udp", "dtls", "udg");
    private static final Set<String> MESSAGES = Set.of("S:", "C:", "S<", "C<", "S!", "C!");

    private final List<String> head = new ArrayList<>();
    private final List<TapeConnection> connections = new ArrayList<>();
    /** The lines of the connection that is read, after its heading. */
    private final List<String> lines = new ArrayList<>();

    private String transport = "";
    /** The number of its heading. */
    private int heading;

    private TapeReader() {}

    /**
     * The content of a tape.
     *
     * @param head the comments before the first connection
     */
    public record Content(List<String> head, List<TapeConnection> connections) {}

    /**
     * Reads a tape.
     *
     * @throws ScriptSyntaxException if a line is not valid, with its number in the tape
     */
    public static Content read(String text) {
        TapeReader reader = new TapeReader();
        // some editors begin a file in UTF-8 with a byte order mark
        String[] all = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1);
        for (int number = 1; number <= all.length; number++) {
            String line = all[number - 1];
            reader.line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, number);
        }
        reader.end();
        withoutBlankEnd(reader.head);
        return new Content(List.copyOf(reader.head), List.copyOf(reader.connections));
    }

    private void line(String line, int number) {
        String content = line.strip();
        if (content.equals(HEADING) || content.startsWith(HEADING + " ") || content.startsWith(HEADING + "\t")) {
            end();
            heading = number;
            transport = transport(content.substring(HEADING.length()).strip(), number);
        } else if (heading > 0) {
            lines.add(line);
        } else if (content.isEmpty() || content.startsWith("#")) {
            head.add(line);
        } else {
            throw new ScriptSyntaxException(
                    number,
                    "found \"" + content + "\" before the first " + HEADING
                            + "; a tape has a script for each connection," + " below a line " + HEADING);
        }
    }

    private static String transport(String word, int number) {
        if (!word.isEmpty() && !TRANSPORTS.contains(word)) {
            throw new ScriptSyntaxException(
                    number,
                    "found \"" + word + "\" after " + HEADING + "; "
                            + KnownWords.hint(
                                    word,
                                    TRANSPORTS,
                                    "the transport is allowed, which is one of " + String.join(", ", TRANSPORTS)));
        }
        return word;
    }

    private void end() {
        if (heading == 0) {
            return;
        }
        // the numbers in errors are those of the tape
        Script.parse("\n".repeat(heading) + String.join("\n", lines));
        withoutBlankEnd(lines);
        List<TapeLine> read = new ArrayList<>();
        String eol = Eol.CRLF.characters();
        for (String line : lines) {
            if (line.strip().startsWith("@eol ")) {
                eol = eol(line.strip().split("\\s+")[1]);
            }
            read.add(line(line, eol));
        }
        connections.add(new TapeConnection(transport, List.copyOf(read)));
        lines.clear();
    }

    private static void withoutBlankEnd(List<String> lines) {
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
    }

    private static String eol(String word) {
        return Eol.valueOf(word.toUpperCase(Locale.ROOT)).characters();
    }

    private static TapeLine line(String line, String eol) {
        String step = stripLeading(line);
        String marker = step.substring(0, Math.min(2, step.length()));
        if (!MESSAGES.contains(marker) || marker.equals("C!") && step.indexOf('[') >= 0) {
            return new Other(line);
        }
        String content = stripLeading(step.substring(2));
        Form form = form(marker.charAt(1));
        Template template = switch (form) {
            case LINE -> Template.parse(content);
            case TEXT -> Template.parseEscaped(content);
            case HEX -> Hex.template(content);
        };
        return new Message(
                marker.charAt(0) == 'C' ? Direction.FROM_CLIENT : Direction.FROM_SERVER,
                form,
                form == Form.LINE ? eol : "",
                pieces(template),
                line);
    }

    /** Other white space is content, as in scripts. */
    private static String stripLeading(String line) {
        int from = 0;
        while (from < line.length() && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        return line.substring(from);
    }

    private static Form form(char sign) {
        return sign == ':' ? Form.LINE : sign == '<' ? Form.TEXT : Form.HEX;
    }

    private static List<Piece> pieces(Template template) {
        List<Piece> pieces = new ArrayList<>();
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Text text) {
                pieces.add(new Literal(Bytes.ofText(text.text())));
            } else if (part instanceof Template.Raw raw) {
                pieces.add(new Literal(raw.bytes()));
            } else if (part instanceof Template.Reference variable) {
                // a value without bytes would not be in the text that masks match
                pieces.add(new Value(variable.name(), Bytes.ofText("${" + variable.name() + "}")));
            }
        }
        return pieces;
    }
}

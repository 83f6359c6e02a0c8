package io.socketharness.internal.script.steps;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.script.engine.LineStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.RegexRun;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.engine.WrongEnd;
import io.socketharness.internal.script.text.MalformedText;
import io.socketharness.internal.script.text.MessageDifference;
import io.socketharness.internal.script.text.NamedGroups;
import io.socketharness.internal.script.text.Template;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Expects a line that matches a regular expression as a whole; its named groups become variables. */
public record ExpectMatch(Template regex, List<String> groups) implements LineStep {

    /** Checks the expression as far as possible: variables match any text. */
    public static ExpectMatch of(Template regex) {
        StringBuilder sample = new StringBuilder();
        regex.parts().forEach(p -> sample.append(p instanceof Template.Text text ? text.text() : "x"));
        try {
            Pattern.compile(sample.toString());
            return new ExpectMatch(regex, NamedGroups.of(sample.toString()));
        } catch (PatternSyntaxException invalid) {
            boolean isSource = regex.toRegex().contentEquals(sample);
            throw new MalformedText(
                    isSource ? Math.max(0, invalid.getIndex()) : 0,
                    "\"" + regex.toRegex() + "\" is not a regular expression: " + invalid.getDescription() + " at "
                            + (invalid.getIndex() + 1));
        } catch (StackOverflowError tooDeep) {
            throw new IllegalArgumentException("the regular expression is nested too deep", tooDeep);
        }
    }

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        RegexRun run = run(message, connection);
        if (!matches(run)) {
            return noMatch(run, message, connection);
        }
        for (String group : groups) {
            connection.variables().put(group, run.group(group));
        }
        return null;
    }

    @Override
    public Difference fault(byte[] line, WrongEnd end, Connection connection) {
        RegexRun run = run(line, connection);
        if (!matches(run)) {
            return noMatch(run, line, connection);
        }
        String expected =
                expected() + " and " + Bytes.ofText(end.required().characters()).escaped();
        Difference difference = Difference.ofMatch(expected, end.received(line), line.length);
        return new Difference(difference.expected(), difference.received(), difference.mark(), end.advice());
    }

    private RegexRun run(byte[] message, Connection connection) {
        Pattern pattern = Pattern.compile(regex.text(connection, Pattern::quote));
        return RegexRun.on(connection, pattern, regex.toRegex(), message);
    }

    private Difference noMatch(RegexRun run, byte[] message, Connection connection) {
        OptionalInt matched = run.matchedLength();
        Difference difference = matched.isPresent()
                ? Difference.ofMatch(
                        expected(), Bytes.of(message), bytes(message, matched.getAsInt(), connection.charset()))
                : Difference.ofMatch(expected(), Bytes.of(message));
        return MessageDifference.ofLine(difference, Bytes.of(message), connection);
    }

    private String expected() {
        return "a match of " + regex.toRegex();
    }

    /** How many bytes the first characters have; a byte that is no text in the charset is a character too. */
    private static int bytes(byte[] message, int characters, Charset charset) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(bytes, CharBuffer.allocate(characters), true);
        return bytes.position();
    }

    private static boolean matches(RegexRun run) {
        try {
            return run.matches();
        } catch (RegexRun.Failed noResult) {
            throw new ExpectationFailed(String.valueOf(noResult.getMessage()));
        }
    }

    /** Some expressions take long. */
    @Override
    public Needs needs() {
        return Needs.THREAD;
    }

    @Override
    public String wanted(boolean datagrams) {
        return (datagrams ? "a datagram" : "a line") + " that matches \"" + regex.toRegex() + "\"";
    }

    @Override
    public List<String> refersTo() {
        return regex.variables();
    }

    @Override
    public List<String> sets() {
        return groups;
    }

    @Override
    public List<String> lines() {
        return TextForm.line("C~", regex.toRegex());
    }
}

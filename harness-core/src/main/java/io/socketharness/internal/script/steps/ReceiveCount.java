package io.socketharness.internal.script.steps;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.script.engine.ExpectStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.text.Template;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Receives as many bytes as a variable says, and stores them in another variable unless its name is empty. */
public record ReceiveCount(Template.Reference count, String name) implements ExpectStep {

    private static final Pattern DIGITS = Pattern.compile("0*([0-9]+)");
    /** A number of so many digits is an int. */
    private static final int MOST_DIGITS = 9;

    private static final int MOST_SHOWN = 40;

    @Override
    public ExpectStep computed(Connection connection) {
        return new Receive(OptionalInt.of(count(connection)), name, reference());
    }

    private int count(Connection connection) {
        Object value = Template.value(count, connection);
        String text = value instanceof Bytes bytes ? bytes.text(connection.charset()) : value.toString();
        Matcher digits = DIGITS.matcher(text);
        if (!digits.matches()) {
            throw new ExpectationFailed(reference() + " is " + shown(value)
                    + ", but @receive needs a number of bytes in decimal digits; for a binary length, use @frame"
                    + " length or Java code");
        }
        int limit = connection.messageLimit();
        String number = digits.group(1);
        if (number.length() > MOST_DIGITS || Integer.parseInt(number) > limit) {
            String shown = number.length() > MOST_SHOWN ? shown(value) : number;
            throw new ExpectationFailed(reference() + " is " + shown + ", but @receive can receive up to " + limit
                    + " bytes; the limit can be set with messageLimit");
        }
        return Integer.parseInt(number);
    }

    private static String shown(Object value) {
        Bytes bytes = value instanceof Bytes captured ? captured : Bytes.ofText(value.toString());
        Bytes part = bytes.size() > MOST_SHOWN ? bytes.slice(0, MOST_SHOWN) : bytes;
        return (bytes.isMostlyText() ? "\"" + part.escaped() + "\"" : part.hex())
                + (part.size() < bytes.size() ? "… (" + bytes.size() + " bytes)" : "");
    }

    private String reference() {
        return "${" + count.name() + "}";
    }

    @Override
    public byte[] take(Connection connection) {
        return computed(connection).take(connection);
    }

    @Override
    public @Nullable Difference fault(byte[] message, Connection connection) {
        return computed(connection).fault(message, connection);
    }

    @Override
    public boolean takesAny() {
        return true;
    }

    @Override
    public boolean takesCount() {
        return true;
    }

    @Override
    public Needs needs() {
        return count instanceof Template.Variable ? Needs.INPUT : Needs.THREAD;
    }

    @Override
    public String wanted(boolean datagrams) {
        return reference() + " bytes";
    }

    @Override
    public List<String> refersTo() {
        return count instanceof Template.Variable ? List.of(count.name()) : List.of();
    }

    @Override
    public List<String> sets() {
        return name.isEmpty() ? List.of() : List.of(name);
    }

    @Override
    public List<String> lines() {
        return List.of("@receive " + reference() + (name.isEmpty() ? "" : " " + name));
    }
}

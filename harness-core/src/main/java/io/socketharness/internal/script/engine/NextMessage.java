package io.socketharness.internal.script.engine;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The messages that a client sends up to the next answer of the server, or its end: they identify its script. For one
 * connection, whose input only grows.
 */
final class NextMessage {

    /** How input fits. */
    enum Fit {
        /** All of it has arrived. */
        WHOLE,
        /** The input is its beginning. */
        BEGINNING,
        DIFFERENT
    }

    /**
     * The result of a comparison.
     *
     * @param matched the number of bytes that match
     */
    record Result(Fit fit, int matched) {}

    /** Empty for the end of the client's input. */
    private final List<ExpectStep> steps;
    /** The steps of the script, with settings before them. */
    private final List<Behaviour> all;
    /** The number of steps at the start that have matched, and that set no variables: they are not compared again. */
    private int matched;
    /** The size of their messages. */
    private int size;

    private NextMessage(List<ExpectStep> steps, List<Behaviour> all) {
        this.steps = steps;
        this.all = all;
    }

    /** The next message of a script; empty if the server continues, or a framing delimits messages. */
    static Optional<NextMessage> of(Continuation place) {
        List<Behaviour> left = place.script()
                .steps()
                .subList(place.from(), place.script().steps().size());
        List<ExpectStep> steps = new ArrayList<>();
        Settings settings = place.before();
        int end = 0;
        for (Behaviour step : left) {
            if (step instanceof SettingStep setting && steps.isEmpty()) {
                settings = setting.after(settings);
            } else if (step instanceof ExpectStep expecting && settings.framing() == null && !expecting.takesAny()) {
                steps.add(expecting);
            } else {
                break;
            }
            end++;
        }
        boolean expectsEnd =
                steps.isEmpty() && end < left.size() && left.get(end) instanceof Step step && step.expectsEnd();
        return !steps.isEmpty() || expectsEnd || end == left.size()
                ? Optional.of(
                        new NextMessage(List.copyOf(steps), List.copyOf(left.subList(0, expectsEnd ? end + 1 : end))))
                : Optional.empty();
    }

    static boolean areSame(Optional<NextMessage> one, Optional<NextMessage> other) {
        return one.map(message -> message.all).equals(other.map(message -> message.all));
    }

    /** Whether the client sends nothing more. */
    boolean isEnd() {
        return steps.isEmpty();
    }

    /** The number of its steps, with settings before it. */
    int length() {
        return all.size();
    }

    boolean isSameAs(NextMessage other) {
        return all.equals(other.all);
    }

    /** Compares the input so far of a stream, or the next datagram. May set variables of the connection. */
    Result compare(Bytes input, boolean ended, Connection connection) {
        if (isEnd()) {
            Fit fit = connection.isDatagrams() || !input.isEmpty() ? Fit.DIFFERENT : ended ? Fit.WHOLE : Fit.BEGINNING;
            return new Result(fit, 0);
        }
        if (connection.isDatagrams()) {
            boolean fits = steps.get(0).fault(input.toByteArray(), connection) == null;
            return fits ? new Result(Fit.WHOLE, input.size()) : different(0, input, literal(steps.get(0), connection));
        }
        int at = size;
        for (int i = matched; i < steps.size(); i++) {
            ExpectStep step = steps.get(i);
            int length = step.takesLine() ? lineLength(input, at) : size(step, connection);
            Bytes literal = literal(step, connection);
            if (length < 0 || at + length > input.size()) {
                return partial(input, at, literal);
            }
            Bytes message = input.slice(at, at + length);
            if (step.fault((step.takesLine() ? withoutEnd(message) : message).toByteArray(), connection) != null) {
                return different(at, input, literal);
            }
            at += length;
            if (i == matched && step.literal(connection).isPresent()) {
                matched++;
                size = at;
            }
        }
        return new Result(Fit.WHOLE, at);
    }

    private static Bytes literal(ExpectStep step, Connection connection) {
        return Bytes.of(step.literal(connection).orElse(new byte[0]));
    }

    private static int size(ExpectStep step, Connection connection) {
        OptionalInt size = step.size(connection);
        return size.isPresent() ? size.getAsInt() : -1;
    }

    /** The length of a line with its end; -1 if the end has not arrived. */
    private static int lineLength(Bytes input, int from) {
        int newline = input.indexOf(Bytes.of((byte) '\n'), from);
        return newline < 0 ? -1 : newline + 1 - from;
    }

    private static Bytes withoutEnd(Bytes line) {
        int size = line.size() - 1;
        return line.slice(0, size > 0 && line.at(size - 1) == '\r' ? size - 1 : size);
    }

    /** The rest of the input is a part of a message; {@code literal} is empty if it depends on a pattern. */
    private static Result partial(Bytes input, int at, Bytes literal) {
        Bytes rest = input.slice(at, input.size());
        int carriageReturn = rest.size() - 1;
        boolean begins = literal.isEmpty()
                || literal.startsWith(rest)
                || rest.size() == literal.size() + 1 && rest.at(carriageReturn) == '\r' && rest.startsWith(literal);
        return begins ? new Result(Fit.BEGINNING, input.size()) : different(at, input, literal);
    }

    private static Result different(int at, Bytes input, Bytes literal) {
        int end = Math.min(input.size(), at + literal.size() + 1);
        int same = input.slice(Math.min(at, input.size()), end).mismatch(literal);
        return new Result(Fit.DIFFERENT, at + Math.max(0, same));
    }
}

package io.socketharness.internal.script.engine;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Eol;
import java.util.List;
import java.util.OptionalInt;

/** Compares the input of one connection, which only grows, with an expected message. */
final class MessageComparison {

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

    private final NextMessage message;
    private final List<ExpectStep> steps;
    private final ScriptConnection connection;
    /** The number of steps at the start that have matched, and that set no variables: they are not compared again. */
    private int matched;
    /** The size of their messages. */
    private int size;

    MessageComparison(NextMessage message, ScriptConnection connection) {
        this.message = message;
        this.steps = message.steps();
        this.connection = connection;
    }

    /** Compares the input so far of a stream, or the next datagram. May set variables of the connection. */
    Result compare(Bytes input, boolean ended) {
        Settings now = connection.settings();
        connection.settings(message.settings().withNetworkOf(now));
        try {
            return connection.isDatagrams() ? ofDatagram(input) : ofStream(input, ended);
        } finally {
            connection.settings(now);
        }
    }

    private Result ofDatagram(Bytes input) {
        if (message.isEnd()) {
            return new Result(Fit.DIFFERENT, 0);
        }
        boolean fits = steps.get(0).fault(input.toByteArray(), connection) == null;
        return fits ? new Result(Fit.WHOLE, input.size()) : different(0, input, literal(steps.get(0)));
    }

    private Result ofStream(Bytes input, boolean ended) {
        if (message.isEnd()) {
            return new Result(!input.isEmpty() ? Fit.DIFFERENT : ended ? Fit.WHOLE : Fit.BEGINNING, 0);
        }
        int at = size;
        for (int i = matched; i < steps.size(); i++) {
            ExpectStep step = steps.get(i);
            int length = step.takesLine() ? lineLength(input, at) : size(step);
            Bytes literal = literal(step);
            if (length < 0 || at + length > input.size()) {
                return partial(input, at, literal);
            }
            if (!fits(step, input.slice(at, at + length))) {
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

    private boolean fits(ExpectStep step, Bytes message) {
        if (!step.takesLine()) {
            return step.fault(message.toByteArray(), connection) == null;
        }
        int text = message.size() - 1;
        boolean crlf = text > 0 && message.at(text - 1) == '\r';
        return WrongEnd.of(connection.settings(), crlf ? Eol.CRLF : Eol.LF) == null
                && step.fault(message.slice(0, crlf ? text - 1 : text).toByteArray(), connection) == null;
    }

    private Bytes literal(ExpectStep step) {
        return Bytes.of(step.literal(connection).orElse(new byte[0]));
    }

    private int size(ExpectStep step) {
        OptionalInt known = step.size(connection);
        return known.isPresent() ? known.getAsInt() : -1;
    }

    /** The length of a line with its end; -1 if the end has not arrived. */
    private static int lineLength(Bytes input, int from) {
        int newline = input.indexOf(Bytes.of((byte) '\n'), from);
        return newline < 0 ? -1 : newline + 1 - from;
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

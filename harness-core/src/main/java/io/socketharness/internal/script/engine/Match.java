package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Case;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries its cases for each message until the client closes or a case runs {@link Leave}.
 *
 * @param cases for messages, in order
 * @param idle the case for a time without input, or null
 */
public record Match(List<MatchCase> cases, @Nullable IdleCase idle) implements LoopStep {

    public Match {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("match has no case for a message; at least one is needed");
        }
        for (int i = 0; i < cases.size() - 1; i++) {
            if (cases.get(i).takesAny()) {
                throw new IllegalArgumentException(
                        "case " + (i + 2) + " of match can never be reached: the case before it matches any message");
            }
        }
        cases = List.copyOf(cases);
    }

    /** The dispatcher of cases in any order, of which one may be for a time without input. */
    public static Match of(List<Case> cases) {
        List<MatchCase> messages = new ArrayList<>();
        IdleCase idle = null;
        for (Case one : cases) {
            if (one instanceof MatchCase message) {
                messages.add(message);
            } else if (idle == null) {
                idle = (IdleCase) one;
            } else {
                throw twoIdleCases();
            }
        }
        return new Match(messages, idle);
    }

    public static IllegalArgumentException twoIdleCases() {
        return new IllegalArgumentException(
                "match has two cases @idle; one is allowed, and @every repeats steps at another interval");
    }

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        if (ScriptConnection.of(connection).conversation().isClosed()) {
            return null;
        }
        if (idle == null) {
            return nextMessage(connection);
        }
        try {
            return ScriptConnection.of(connection).input().unlessIdle(idle.silence(), () -> nextMessage(connection));
        } catch (Idle nothingArrived) {
            return Round.of(idle.body());
        }
    }

    private @Nullable Round nextMessage(Connection connection) {
        if (connection.atEnd()) {
            return null;
        }
        return leavesMessage()
                ? ScriptConnection.of(connection).message("a message", () -> round(ScriptConnection.of(connection)))
                : matching(connection).rest();
    }

    private boolean leavesMessage() {
        for (MatchCase one : cases) {
            if (one.leavesMessage()) {
                return true;
            }
        }
        return false;
    }

    private Round round(ScriptConnection connection) {
        long before = connection.input().position();
        MatchCase matched = matching(connection);
        if (matched.leavesMessage()) {
            connection.input().putBack(before);
        }
        return matched.rest();
    }

    private MatchCase matching(Connection connection) {
        byte[] message = connection.receiveMessage();
        WrongEnd end = WrongEnd.of(connection);
        for (MatchCase one : cases) {
            if ((end == null || one.takesAny()) && one.takes(message, connection)) {
                return one;
            }
        }
        Bytes received = end == null ? Bytes.of(message) : end.received(message);
        Difference difference = new Difference(heads(), shown(received), "", end == null ? "" : end.advice());
        throw new Mismatch(Reason.of("no case matches this message", difference.paragraphs()));
    }

    @Override
    public boolean endsBy(RuntimeException thrown, Round round, Connection connection) {
        return thrown instanceof Leave.Signal;
    }

    /** In hex if the cases are in hex. */
    private String shown(Bytes message) {
        return cases.stream().anyMatch(MatchCase::isHex) ? message.hex() : message.toString();
    }

    private String heads() {
        return String.join("\n      or  ", cases.stream().map(MatchCase::head).toList());
    }

    @Override
    public Needs needs() {
        if (idle != null) {
            return Needs.THREAD;
        }
        for (MatchCase one : cases) {
            if (one.needs() == Needs.THREAD) {
                return Needs.THREAD;
            }
        }
        return Needs.INPUT;
    }

    @Override
    public Obligation obligation() {
        return Obligation.TAKES;
    }

    @Override
    public boolean isEndless() {
        return blocks().stream().noneMatch(Leave::in);
    }

    @Override
    public List<Script> blocks() {
        List<Script> blocks = new ArrayList<>();
        cases.forEach(one -> blocks.add(one.body()));
        if (idle != null) {
            blocks.add(idle.body());
        }
        return blocks;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (MatchCase one : cases) {
            if (lines.isEmpty()) {
                lines.add("@match");
            } else if (!one.isOtherwise()) {
                lines.add("@or");
            }
            if (one.isOtherwise()) {
                lines.add("@otherwise");
            }
            TextForm.indent(lines, one.lines());
        }
        if (idle != null) {
            lines.addAll(idle.lines());
        }
        lines.add("@end");
        return List.copyOf(lines);
    }
}

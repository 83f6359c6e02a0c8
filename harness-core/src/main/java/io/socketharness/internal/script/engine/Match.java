package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries its cases for each message until the client closes or a case runs {@link Leave}. */
public record Match(List<MatchCase> cases) implements LoopStep {

    public Match {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("match has no case; at least one is needed");
        }
        for (int i = 0; i < cases.size() - 1; i++) {
            if (cases.get(i).takesAny()) {
                throw new IllegalArgumentException(
                        "case " + (i + 2) + " of match can never be reached: the case before it matches any message");
            }
        }
        cases = List.copyOf(cases);
    }

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        return ScriptConnection.of(connection).conversation().isClosed() || connection.atEnd()
                ? null
                : round(connection.receiveMessage(), connection);
    }

    private Round round(byte[] message, Connection connection) {
        for (MatchCase one : cases) {
            if (one.takes(message, connection)) {
                return one.rest();
            }
        }
        throw new Mismatch(Reason.of(
                "no case matches this message", new Difference(heads(), shown(Bytes.of(message))).toString()));
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
        return cases.stream().noneMatch(c -> Leave.in(c.body()));
    }

    @Override
    public List<Script> blocks() {
        return cases.stream().map(MatchCase::body).toList();
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
        lines.add("@end");
        return List.copyOf(lines);
    }
}

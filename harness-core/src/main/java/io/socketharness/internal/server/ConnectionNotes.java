package io.socketharness.internal.server;

import io.socketharness.internal.recording.Report;
import io.socketharness.internal.runtime.ScriptDispatcher;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.ConnectionNote;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes the connections of a server, for a test that has failed without a fault there. */
final class ConnectionNotes {

    /** The number of connections that the note shows. */
    private static final int MOST_SHOWN = 5;

    private final ServerRuntime runtime;
    private final ScriptDispatcher dispatcher;
    private final String title;
    private final String remark;

    ConnectionNotes(ServerRuntime runtime) {
        this.runtime = runtime;
        this.dispatcher = runtime.dispatcher();
        this.title = runtime.recorder().recording().title();
        this.remark = runtime.recorder().remark();
    }

    /** The state of the last connections, if there were any; {@code when} says when that was. */
    Optional<Note> note(String when) {
        return runtime.failures()
                .problem()
                .map(problem ->
                        new Note(problem, Report.of(String.valueOf(problem.getMessage()), ""), firstLine(problem)))
                .or(() -> connections(when));
    }

    private static String firstLine(AssertionError problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }

    private Optional<Note> connections(String when) {
        // a copy: more clients may connect
        List<ServerConnection> all = List.copyOf(runtime.connections());
        int before = Math.max(0, all.size() - MOST_SHOWN);
        List<ConnectionNote> last =
                all.subList(before, all.size()).stream().map(this::describe).toList();
        if (last.isEmpty() && remark.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder(title)
                .append(": no step was outstanding ")
                .append(when)
                .append(remark.isEmpty() ? "" : "; " + remark);
        if (!last.isEmpty()) {
            out.append(
                    before == 0
                            ? "; the connections were:"
                            : "; the last " + MOST_SHOWN + " of " + all.size() + " connections were:");
        }
        String details = last.stream().map(ConnectionNote::text).collect(Collectors.joining("\n\n"));
        return Optional.of(Note.of(Report.of(out.toString(), details), inOneLine(last)));
    }

    /** The remark, or the last connection about which something is known: the client most likely waited there. */
    private String inOneLine(List<ConnectionNote> last) {
        return remark.isEmpty()
                ? last.stream()
                        .map(ConnectionNote::inOneLine)
                        .filter(line -> !line.isEmpty())
                        .reduce("", (earlier, later) -> later)
                : title + ": " + remark;
    }

    private ConnectionNote describe(ServerConnection one) {
        return dispatcher.wasScripted()
                ? one.conversation()
                        .completion()
                        .describe("no script is left for it: " + dispatcher.used() + "; " + dispatcher.advice(), "")
                : one.conversation()
                        .completion()
                        .describe(
                                "no script serves it: received bytes are recorded but not answered",
                                "Give the server a script, or call enqueue or accept() in the test.");
    }
}

package io.socketharness.internal.server;

import io.socketharness.Tape;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.runtime.ScriptDispatcher;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.script.engine.Until;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reports the scripts of a server that no connection ran. */
final class UnusedScripts {

    /** The number of lines that are shown of a script. */
    private static final int MOST_LINES = 20;

    private static final int WIDEST = 160;

    private final ServerRuntime runtime;
    private final List<Script> unused;
    private final int scripts;

    private UnusedScripts(ServerRuntime runtime, ScriptDispatcher dispatcher) {
        this.runtime = runtime;
        this.unused = dispatcher.unclaimed();
        this.scripts = dispatcher.count();
    }

    static UnusedScripts of(ServerRuntime runtime) {
        return new UnusedScripts(runtime, runtime.dispatcher());
    }

    boolean isEmpty() {
        return unused.isEmpty();
    }

    /** The report; {@code until} says until when a client could have connected. */
    Fault fault(Until until) {
        String sentence = runtime.title() + ": " + sentence(until.words()) + optional(until);
        String lines = unused.stream().map(UnusedScripts::indented).collect(Collectors.joining("\n"));
        String recording = isRecordingEmpty() ? "" : "\n" + runtime.recorder().recording();
        return Fault.of(Report.of(sentence, lines + recording), null, sentence, OptionalLong.empty(), false);
    }

    /** Only a test that passes shows that the script may be unnecessary. */
    private String optional(Until until) {
        if (!until.testPassed()) {
            return "";
        }
        boolean noConnection = runtime.connections().isEmpty();
        boolean noClient = noConnection && isRecordingEmpty();
        boolean datagrams = runtime.spec().transport().isDatagrams();
        return (noConnection || scripts == 1 ? " If it" : " If the unused ones") + " need not "
                + (!noClient ? "run" : datagrams ? "send" : "connect") + ", set optional = true.";
    }

    private String sentence(String when) {
        String remark = runtime.recorder().remark();
        boolean datagrams = runtime.spec().transport().isDatagrams();
        List<ServerConnection> clients = runtime.connections();
        if (clients.isEmpty() && !isRecordingEmpty()) {
            // datagrams without a session
            return which() + " not used " + when
                    + (runtime.isNetworkSimulated()
                            ? ": the network conditions let no datagram of a client pass."
                            : ": no client began a session.");
        }
        if (clients.isEmpty()) {
            return (datagrams ? "no datagram arrived " : "no client connected ")
                    + when
                    + (remark.isEmpty() ? ". Does the client use " + runtime.address() + "?" : "; " + remark + ".");
        }
        long probes = clients.stream()
                .filter(one -> one.conversation().completion().isProbe())
                .count();
        return which() + " not used " + when + ": "
                + (probes == clients.size()
                        ? probes(probes)
                        : isTape() && clients.size() - probes >= scripts
                                ? clients.size() - probes
                                        + " clients connected, but sent only messages of other connections"
                                : only(clients.size(), probes))
                + (remark.isEmpty() ? "" : "; " + remark)
                + (scripts == 1
                        ? "."
                        : isTape()
                                ? ". Each connection of the tape serves one client."
                                : ". Each script serves one connection.");
    }

    private boolean isRecordingEmpty() {
        return runtime.recorder().recording().exchanges().isEmpty();
    }

    private String which() {
        if (isTape()) {
            return connectionsOfTape();
        }
        int first = scripts - unused.size() + 1;
        return scripts == 1
                ? "the script was"
                : first == scripts
                        ? "script " + scripts + " of " + scripts + " was"
                        : "scripts " + first + " to " + scripts + " of " + scripts + " were";
    }

    private boolean isTape() {
        return runtime.spec().tape().isPresent();
    }

    private String connectionsOfTape() {
        List<Script> all = runtime.spec().scripts();
        List<Script> left = new ArrayList<>(unused);
        List<String> indexes = new ArrayList<>();
        // equal ones run in their order
        for (int i = all.size() - 1; i >= 0; i--) {
            if (left.remove(all.get(i))) {
                indexes.add(0, String.valueOf(i));
            }
        }
        String title = runtime.spec().tape().map(Tape::title).orElse("");
        List<String> names = new ArrayList<>();
        if (!indexes.isEmpty()) {
            names.add((indexes.size() == 1 ? "connection " : "connections ") + String.join(", ", indexes) + " of "
                    + title);
        }
        if (!left.isEmpty()) {
            names.add(left.size() == 1 ? "the enqueued script" : left.size() + " enqueued scripts");
        }
        return String.join(" and ", names) + (unused.size() == 1 ? " was" : " were");
    }

    private static String probes(long probes) {
        return (probes == 1 ? "one client" : probes + " clients") + " connected and left without a byte";
    }

    private static String only(long clients, long probes) {
        return "only " + (clients == 1 ? "one client" : clients + " clients") + " connected"
                + (probes == 0 ? "" : ", and " + (probes == 1 ? "one" : probes) + " of them left without a byte");
    }

    private static String indented(Script script) {
        List<String> lines = script.toString().lines().toList();
        int shown = lines.size() <= MOST_LINES + 1 ? lines.size() : MOST_LINES;
        return lines.subList(0, shown).stream().map(UnusedScripts::indented).collect(Collectors.joining())
                + (shown < lines.size() ? indented("… and " + (lines.size() - shown) + " more lines") : "");
    }

    private static String indented(String line) {
        return "    " + (line.length() > WIDEST ? line.substring(0, WIDEST) + "…" : line) + "\n";
    }
}

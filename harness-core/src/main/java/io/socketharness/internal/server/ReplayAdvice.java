package io.socketharness.internal.server;

import io.socketharness.Tape;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.ReportLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to do about a failed replay of a tape. */
final class ReplayAdvice {

    private static final String LABEL = "received  ";
    private static final List<String> MARKERS = List.of("C: ", "C< ", "C! ");
    private static final int MOST_NAMED = 3;

    private final Tape tape;
    private @Nullable Map<String, Set<Integer>> messages;

    ReplayAdvice(Tape tape) {
        this.tape = tape;
    }

    String of(Report report) {
        List<Integer> connections = withReceived(report);
        return "This is a replay of " + tape.title() + ". "
                + (connections.isEmpty() ? "Declare a part that differs in each run with mask." : order(connections))
                + " If the client or the real server has changed, record the tape again: run the test with"
                + " -Dsocketharness.tape=record, or use Tape.of(...) where the test has no annotation.";
    }

    /** The connections of the tape that have the received message as it is. */
    private List<Integer> withReceived(Report report) {
        return report.paragraphs().stream()
                .flatMap(paragraph -> paragraph.lines().stream())
                .filter(line ->
                        line.kind() == ReportLine.Kind.RECEIVED && line.text().startsWith(LABEL))
                .map(line -> line.text().substring(LABEL.length()))
                .flatMap(message -> messages().getOrDefault(message, Set.of()).stream())
                .distinct()
                .toList();
    }

    /** The connections of each message of the client. There may be many reports. */
    private synchronized Map<String, Set<Integer>> messages() {
        Map<String, Set<Integer>> known = messages;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < tape.size(); i++) {
                for (String line : tape.connection(i).lines().map(String::strip).toList()) {
                    if (MARKERS.stream().anyMatch(line::startsWith)) {
                        known.computeIfAbsent(line.substring(3), message -> new TreeSet<>())
                                .add(i);
                    }
                }
            }
            messages = known;
        }
        return known;
    }

    private static String order(List<Integer> connections) {
        String first =
                connections.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        int more = connections.size() - MOST_NAMED;
        String which = connections.size() == 1
                ? "Connection " + first + " of the tape has"
                : "Connections " + first + (more > 0 ? " and " + more + " more" : "") + " of the tape have";
        return which + " the received message: does the client send it in another order than in the recording, or on"
                + " another connection of a pool?";
    }
}

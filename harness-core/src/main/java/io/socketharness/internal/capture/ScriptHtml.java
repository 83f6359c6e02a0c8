package io.socketharness.internal.capture;

import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.RecordedScript;
import io.socketharness.internal.recording.RecordedStep;
import io.socketharness.internal.recording.Report;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The scripts of connections beside the diagram, with the lines that have run and the line where each stopped. */
final class ScriptHtml {

    private static final int MOST = 10 << 10;
    /** How many lines of a script are shown. */
    private static final int MOST_LINES = 60;

    private static final int BEFORE_STOP = 25;
    private static final int LONGEST_LINE = 160;

    /** The connections that reports are about, with the place of the first report. */
    private final IdentityHashMap<PageConnection, Integer> reported = new IdentityHashMap<>();

    private final PublicRecordings data;
    private final List<Part> parts = new ArrayList<>();

    /** The script of one connection, or the same one of several. */
    private record Part(List<PageConnection> connections, RecordedScript script, boolean failed) {

        boolean isLike(RecordedScript other) {
            return !failed && script.equals(other);
        }
    }

    ScriptHtml(TimeLine line, PublicRecordings data, List<Report> reports) {
        this.data = data;
        for (Report report : reports) {
            line.subjects()
                    .connection(report)
                    .ifPresent(index -> reported.putIfAbsent(line.connections().get(index), reported.size()));
        }
        for (PageConnection connection : line.connections()) {
            data.script(connection.exchange())
                    .filter(script -> !script.lines().isEmpty())
                    .ifPresent(script -> add(connection, script));
        }
        // a stable sort: first those of the reports, in their order
        parts.sort(Comparator.comparingInt(this::rank));
    }

    private int rank(Part part) {
        int after = part.failed() ? reported.size() : reported.size() + 1;
        return reported.getOrDefault(part.connections().get(0), after);
    }

    private void add(PageConnection connection, RecordedScript script) {
        if (hasFailed(connection)) {
            parts.add(new Part(List.of(connection), script, true));
            return;
        }
        parts.stream()
                .filter(part -> part.isLike(script))
                .findFirst()
                .ifPresentOrElse(
                        part -> part.connections().add(connection),
                        () -> parts.add(new Part(new ArrayList<>(List.of(connection)), script, false)));
    }

    private boolean hasFailed(PageConnection connection) {
        return connection.exchange().has(Event.Kind.FAILED) || reported.containsKey(connection);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    Html html() {
        Html out = new Html().open("section", "aria-labelledby", "s", "class", "scripts", "tabindex", "0");
        out.element("h2", parts.size() == 1 ? "Script" : "Scripts", "id", "s");
        int room = MOST;
        for (int i = 0; i < parts.size(); i++) {
            Html next = part(parts.get(i), i == 0);
            if (next.size() > room) {
                int more = parts.size() - i;
                out.element("p", more + (more == 1 ? " more script is" : " more scripts are") + " left out");
                break;
            }
            out.add(next);
            room -= next.size();
        }
        return out.close("section");
    }

    private Html part(Part part, boolean open) {
        Html out = new Html();
        List<PageConnection> all = part.connections();
        String name = all.get(0).name() + (all.size() == 1 ? "" : " and " + (all.size() - 1) + " more");
        out.open("details", open ? new String[] {"open", "open"} : new String[0])
                .element("summary", name);
        return out.add(lines(part)).close("details");
    }

    private Html lines(Part part) {
        RecordedScript script = part.script();
        int size = script.lines().size();
        int stop = script.stoppedAt().orElse(-1);
        int from = size <= MOST_LINES || stop < 0 ? 0 : Math.max(0, Math.min(stop - BEFORE_STOP, size - MOST_LINES));
        int to = Math.min(size, from + MOST_LINES);
        Map<Integer, RecordedStep.Outcome> outcomes =
                outcomes(part.connections().get(0).exchange());
        Html out = new Html();
        leftOut(out, from);
        out.open("ol", "start", String.valueOf(from + 1));
        for (int i = from; i < to; i++) {
            line(out, script.lines().get(i), i == stop, part.failed(), outcomes.get(i));
        }
        out.close("ol");
        leftOut(out, size - to);
        return out;
    }

    private static void leftOut(Html out, int lines) {
        if (lines > 0) {
            out.element("p", lines + (lines == 1 ? " line is" : " lines are") + " left out");
        }
    }

    private Map<Integer, RecordedStep.Outcome> outcomes(Exchange exchange) {
        Map<Integer, RecordedStep.Outcome> outcomes = new TreeMap<>();
        for (RecordedStep step : data.steps(exchange)) {
            step.line().ifPresent(line -> outcomes.put(line, step.outcome()));
        }
        return outcomes;
    }

    private static void line(
            Html out, String line, boolean stopped, boolean failed, RecordedStep.@Nullable Outcome outcome) {
        String text = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        if (stopped) {
            out.open("li", "class", failed ? "stop f" : "stop", "aria-current", "step");
            out.element("code", text)
                    .element("em", failed ? "stopped here" : "it is here")
                    .close("li");
        } else if (outcome == RecordedStep.Outcome.NOT_SENT) {
            out.open("li", "class", "done")
                    .element("code", text)
                    .element("em", "not sent")
                    .close("li");
        } else if (outcome == RecordedStep.Outcome.DONE) {
            out.open("li", "class", "done").element("code", text).close("li");
        } else {
            out.open("li").element("code", text).close("li");
        }
    }
}

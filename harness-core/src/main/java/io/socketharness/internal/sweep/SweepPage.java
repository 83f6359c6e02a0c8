package io.socketharness.internal.sweep;

import io.socketharness.internal.capture.Html;
import io.socketharness.internal.capture.PageResources;
import io.socketharness.internal.sweep.MatrixCell.Kind;
import io.socketharness.sweep.Effect;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A page about a sweep: which faults break the client, the matrix, and the runs that failed. */
public final class SweepPage {

    /** How many places of an effect are named at the top. */
    private static final int MOST_PLACES = 4;
    /** How many rows the matrix has at most. */
    private static final int MOST_ROWS = 1000;

    private final String subject;
    private final List<SweepRun> runs;
    private final List<String> outdated;
    private final SweepRecordings recordings;
    private final Matrix matrix;

    /**
     * @param subject the server or the test, for the title
     * @param runs the results in the order of the dialogue
     * @param outdated the lines of the file of known weaknesses that no longer apply
     * @param recordings the recordings of some runs
     */
    public SweepPage(String subject, List<SweepRun> runs, List<String> outdated, SweepRecordings recordings) {
        this.subject = subject;
        this.runs = runs;
        this.outdated = outdated;
        this.recordings = recordings;
        this.matrix = new Matrix(runs);
    }

    /** Writes the page. An existing file is replaced. */
    public void write(Path file) throws IOException {
        Files.writeString(file, html().toString());
    }

    private List<SweepRun> failures() {
        return runs.stream().filter(SweepRun::fails).toList();
    }

    /** Whether it shows a failure of the sweep. */
    boolean hasFailed() {
        return !failures().isEmpty() || !outdated.isEmpty();
    }

    private Html html() throws IOException {
        List<SweepRun> failures = failures();
        int count = failures.size();
        String verdict =
                count == 0 ? "No fault breaks the client" : count + " of " + runs.size() + " faults break the client";
        String title = "Fault sweep of " + subject;
        Html out = new Html().resource("<!DOCTYPE html>\n");
        out.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
        out.empty("meta", "http-equiv", "Content-Security-Policy", "content", PageResources.policy());
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.element("title", verdict + ": " + title);
        out.open("style")
                .resource(PageResources.read("page.css"))
                .resource(PageResources.read("sweep.css"))
                .close("style");
        out.close("head").open("body", "class", "sweep").open("header");
        out.element("p", verdict, "class", count == 0 ? "verdict" : "verdict failed");
        out.element("h1", title).element("p", ReportText.summary(runs), "class", "summary");
        out.close("header").words("\n").open("main");
        out.add(findings(failures)).add(outdatedLines()).add(table());
        return out.add(new SweepRunsHtml(matrix, recordings).html())
                .close("main", "body", "html")
                .words("\n");
    }

    /** Says which effects break the client, and where. */
    private static Html findings(List<SweepRun> failures) {
        Map<Verdict, Map<Effect, Set<String>>> places = new LinkedHashMap<>();
        for (SweepRun run : failures) {
            places.computeIfAbsent(run.verdict(), added -> new LinkedHashMap<>())
                    .computeIfAbsent(run.effect(), added -> new LinkedHashSet<>())
                    .add(run.place());
        }
        Html out = new Html();
        places.forEach((verdict, effects) -> {
            out.open("section", "class", "failure");
            out.element("h2", MatrixLegend.sentence(verdict) + " (" + MatrixCell.code(verdict) + ")");
            out.open("ul");
            effects.forEach((effect, of) -> finding(out, effect, List.copyOf(of)));
            out.close("ul", "section");
        });
        return out;
    }

    private static void finding(Html out, Effect effect, List<String> places) {
        out.open("li").element("strong", effect.toString()).words(" at ");
        for (int i = 0; i < Math.min(MOST_PLACES, places.size()); i++) {
            out.words(i == 0 ? "" : ", ").element("code", places.get(i));
        }
        int more = places.size() - MOST_PLACES;
        out.words(more > 0 ? " and " + more + (more == 1 ? " more place" : " more places") : "")
                .close("li");
    }

    private Html outdatedLines() {
        if (outdated.isEmpty()) {
            return new Html();
        }
        return new Html()
                .open("section", "class", "failure")
                .element("h2", "Known weaknesses that the client survives now")
                .element(
                        "p",
                        "These lines of the file of known weaknesses do not apply; the failure of the sweep says why:")
                .element("pre", String.join("\n", outdated))
                .close("section");
    }

    private Html table() {
        List<Effect> effects = matrix.effects();
        Html out = new Html().open("section", "aria-labelledby", "m", "class", "matrix");
        out.element("h2", "Each place in the dialogue, and each fault", "id", "m");
        out.open("div", "class", "wide", "tabindex", "0")
                .open("table")
                .open("thead")
                .open("tr");
        out.element("th", "dialogue", "scope", "col");
        effects.forEach(effect -> out.element("th", effect.toString(), "scope", "col"));
        out.close("tr", "thead").words("\n");
        int connection = -1;
        out.open("tbody");
        for (Matrix.Row row :
                matrix.rows().subList(0, Math.min(MOST_ROWS, matrix.rows().size()))) {
            if (matrix.hasManyConnections() && row.connection() != connection) {
                connection = row.connection();
                String span = String.valueOf(effects.size() + 1);
                out.open("tr", "class", "heading")
                        .element("th", "connection " + connection, "colspan", span, "scope", "rowgroup")
                        .close("tr");
            }
            out.open("tr").element("th", row.place(), "scope", "row");
            effects.forEach(effect -> cell(out, row.cell(effect)));
            out.close("tr").words("\n");
        }
        out.close("tbody", "table", "div");
        int more = matrix.rows().size() - MOST_ROWS;
        if (more > 0) {
            out.element("p", more + " more places are left out", "class", "left-out");
        }
        return out.add(legend()).close("section");
    }

    private static void cell(Html out, MatrixCell cell) {
        String text = cell.text();
        out.open("td", "class", style(cell.kind()), "title", verdicts(cell.runs()));
        if (SweepRunsHtml.isShown(cell)) {
            out.element("a", text, "href", "#" + SweepRunsHtml.anchor(cell));
        } else {
            out.words(text);
        }
        out.close("td");
    }

    private static String style(Kind kind) {
        return switch (kind) {
            case EMPTY -> "";
            case PASSES -> "ok";
            case FAILS -> "bad";
            case KNOWN -> "known";
            case SAYS_NOTHING -> "none";
        };
    }

    /** Such as {@code 6 HANG, 2 TOLERATED}. */
    private static String verdicts(List<SweepRun> runs) {
        Map<Verdict, Long> counts = runs.stream()
                .collect(Collectors.groupingBy(SweepRun::verdict, LinkedHashMap::new, Collectors.counting()));
        List<String> words = new ArrayList<>();
        counts.forEach((verdict, count) -> words.add(count + " " + verdict));
        return String.join(", ", words);
    }

    private Html legend() {
        Html out = new Html().open("dl", "class", "legend");
        MatrixLegend.of(matrix)
                .forEach((code, words) ->
                        out.open("div").element("dt", code).element("dd", words).close("div"));
        return out.close("dl");
    }
}

package io.socketharness.internal.sweep;

import io.socketharness.internal.capture.Html;
import io.socketharness.internal.capture.RecordingDiagram;
import io.socketharness.internal.sweep.MatrixCell.Kind;
import io.socketharness.recording.Recording;
import io.socketharness.sweep.SweepRun;
import java.util.List;
import java.util.Optional;

/** The runs that failed, and those that are known, for the page of a sweep: one section for each cell of the matrix. */
final class SweepRunsHtml {

    /** The limit of a diagram, in bytes. */
    private static final int DIAGRAM = 48 << 10;
    /** How many runs are shown at most. */
    private static final int MOST = 200;

    private static final int LONGEST_TEXT = 8000;

    private final Matrix matrix;
    private final SweepRecordings recordings;
    private int shown;

    SweepRunsHtml(Matrix matrix, SweepRecordings recordings) {
        this.matrix = matrix;
        this.recordings = recordings;
    }

    /** Whether a cell has a section. */
    static boolean isShown(MatrixCell cell) {
        return cell.kind() == Kind.FAILS || cell.kind() == Kind.KNOWN;
    }

    /** The id of the section of a cell: a place may occur in several connections. */
    static String anchor(MatrixCell cell) {
        SweepRun first = cell.runs().get(0);
        return "run-" + Integer.toHexString(first.name().hashCode()) + "-" + first.effect();
    }

    Html html() {
        List<MatrixCell> cells =
                matrix.cells().stream().filter(SweepRunsHtml::isShown).toList();
        Html out = new Html();
        if (cells.isEmpty()) {
            return out;
        }
        out.open("section", "aria-labelledby", "r", "class", "runs").element("h2", "The runs that failed", "id", "r");
        for (MatrixCell cell : cells) {
            section(out, cell);
        }
        return out.close("section");
    }

    private void section(Html out, MatrixCell cell) {
        List<SweepRun> runs =
                cell.runs().stream().filter(run -> run.fails() || run.isKnown()).toList();
        SweepRun first = runs.get(0);
        String known = first.isKnown() ? " known" : "";
        out.open("section", "class", "run" + known, "id", anchor(cell));
        out.open("h3")
                .element("strong", MatrixCell.code(first.verdict()) + known)
                .words(" " + first.effect() + " at ")
                .element("code", first.place())
                .close("h3");
        out.element("p", first.name());
        run(out, first);
        if (runs.size() > 1) {
            int more = runs.size() - 1;
            out.open("details")
                    .element("summary", more + (more == 1 ? " more run" : " more runs") + " with this fault and place");
            for (SweepRun run : runs.subList(1, runs.size())) {
                out.open("section", "class", "more").element("h4", run.toString());
                run(out, run);
                out.close("section");
            }
            out.close("details");
        }
        out.close("section").words("\n");
    }

    private void run(Html out, SweepRun run) {
        shown++;
        if (shown > MOST) {
            out.element("p", "The rest is left out: the page shows " + MOST + " runs.", "class", "left-out");
            return;
        }
        String[] reason = run.reason().split("\n", 2);
        out.element("p", reason[0]);
        scripts(out, run.scripts());
        diagrams(out, run);
        if (reason.length > 1) {
            out.open("details")
                    .element("summary", "The whole reason")
                    .element("pre", shortened(run.reason()))
                    .close("details");
        }
    }

    private static void scripts(Html out, List<String> scripts) {
        if (scripts.isEmpty()) {
            return;
        }
        out.open("details", "open", "open").element("summary", ReportText.heading(scripts));
        for (int i = 0; i < scripts.size(); i++) {
            if (scripts.size() > 1) {
                out.element("p", i < scripts.size() - 1 ? "connection " + i : "all later connections");
            }
            out.element("pre", shortened(scripts.get(i)), "class", "script");
        }
        out.close("details");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "… (" + (text.length() - LONGEST_TEXT) + " more characters)";
    }

    private void diagrams(Html out, SweepRun run) {
        Optional<Recording> faulted = recordings.of(run.name());
        if (faulted.isEmpty()) {
            out.element(
                    "p",
                    "Without a diagram: the page has diagrams of " + SweepRecordings.MOST + " runs.",
                    "class",
                    "left-out");
            return;
        }
        out.open("div", "class", "beside");
        recordings.clean().ifPresent(clean -> diagram(out, "Without a fault", clean));
        diagram(out, "With the fault", faulted.get());
        out.close("div");
    }

    private static void diagram(Html out, String heading, Recording recording) {
        out.open("section")
                .element("h4", heading)
                .add(RecordingDiagram.of(recording, DIAGRAM))
                .close("section");
    }
}

package io.socketharness.internal.capture;

import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page about the servers of a test: what failed, and a sequence diagram of everything that was sent and received. It
 * is one file, refers to nothing outside, and has at most 64 KiB plus ten times the recorded bytes.
 */
public final class HtmlPage {

    private static final long FIXED = 64 << 10;
    private static final int FACTOR = 10;
    /** Larger pages are slow. */
    private static final long MOST = 16 << 20;

    private static final int LONGEST_HEADING = 300;

    private final List<Recording> recordings;
    private final PublicRecordings data;
    private final Reports reports;
    private final TimeLine line;

    private HtmlPage(Reports reports, PublicRecordings data) {
        this.recordings = data.recordings();
        this.data = data;
        this.reports = reports.with(data::text);
        this.line = TimeLine.of(data, this.reports);
    }

    /**
     * Writes a page.
     *
     * @param file the file; an existing one is replaced
     * @param heading such as the name of the test
     * @param reports what failed
     * @param data the recordings of the servers of the test
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String heading, Reports reports, PublicRecordings data) throws IOException {
        Files.writeString(file, new HtmlPage(reports, data).html(heading));
    }

    /** Writes a page with the failures of the servers so far. */
    public static void write(Path file, List<Recording> recordings) throws IOException {
        List<Report> reports = new ArrayList<>();
        recordings.forEach(recording -> reports.addAll(Recorder.of(recording).failures()));
        write(file, titles(recordings), Reports.failures(reports), new PublicRecordings(recordings));
    }

    private static String titles(List<Recording> recordings) {
        return recordings.stream().map(Recording::title).collect(Collectors.joining(", "));
    }

    private String html(String heading) throws IOException {
        String title =
                data.text(heading.length() > LONGEST_HEADING ? heading.substring(0, LONGEST_HEADING) + "…" : heading);
        Html top = top(title);
        ScriptHtml scripts = new ScriptHtml(line, data, reports.all());
        Html end = end(scripts);
        long room = Math.min(MOST, FIXED + FACTOR * line.recordedBytes())
                - top.size()
                - end.size()
                - Diagram.RESERVE
                - NoClient.room(recordings);
        RowSelection selection = new RowSelection(line.rows(), new RowHtml(line), room);
        Html middle = new Html()
                .open("section", "aria-labelledby", "d", "class", "messages")
                .element("h2", "What went over the wire", "id", "d");
        recordings.stream()
                .filter(one -> data.exchanges(one).isEmpty())
                .forEach(one -> middle.element("p", NoClient.words(one), "class", "no-client"));
        leftOut(middle, selection);
        middle.add(new Diagram(line, recordings, selection).html()).close("section");
        return top.add(middle).add(end).toString();
    }

    private Html top(String title) throws IOException {
        String script = PageResources.read("page.js");
        String verdict = verdict();
        Html out = new Html().resource("<!DOCTYPE html>\n");
        out.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
        out.empty("meta", "http-equiv", "Content-Security-Policy", "content", PageResources.policy(script));
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.element("title", verdict + ": " + title);
        out.open("style").resource(PageResources.read("page.css")).close("style");
        out.close("head").open("body").open("header");
        out.element("p", verdict, "class", "verdict" + style());
        out.element("h1", title)
                .element("p", summary(title), "class", "summary")
                .close("header")
                .words("\n");
        out.open("main");
        out.add(new PageReports(title, line).html(reports));
        return out.words("\n");
    }

    private String verdict() {
        int failures = reports.failures().size();
        int tolerated = reports.tolerated().size();
        if (failures > 0) {
            return failures == 1 ? "Failed" : failures + " failures";
        }
        return tolerated == 0
                ? "No failure"
                : "No failure, but " + (tolerated == 1 ? "a mismatch" : tolerated + " mismatches")
                        + " that did not fail the test";
    }

    private String style() {
        return !reports.failures().isEmpty() ? " failed" : reports.tolerated().isEmpty() ? "" : " warned";
    }

    private static Html end(ScriptHtml scripts) throws IOException {
        return new Html()
                .add(scripts.isEmpty() ? new Html() : scripts.html())
                .close("main")
                .open("script")
                .resource(PageResources.read("page.js"))
                .close("script", "body", "html")
                .words("\n");
    }

    private String summary(String heading) {
        long messages = line.rows().stream().filter(Row.Data.class::isInstance).count();
        List<String> facts = new ArrayList<>();
        if (recordings.size() > 1) {
            String titles = titles(recordings);
            facts.add(recordings.size() + " servers" + (titles.equals(heading) ? "" : ": " + titles));
        } else if (!recordings.isEmpty() && !recordings.get(0).title().equals(heading)) {
            facts.add(recordings.get(0).title());
        }
        int connections = line.connections().size();
        facts.add(connections == 0 ? "no connection" : count(connections, "connection"));
        facts.add(count(messages, "message"));
        facts.add(count(line.recordedBytes(), "byte"));
        if (!line.rows().isEmpty()) {
            facts.add(Diagram.words(line.duration()));
        }
        return String.join(" · ", facts);
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void leftOut(Html out, RowSelection selection) {
        List<String> parts = new ArrayList<>();
        if (selection.leftOut() > 0) {
            parts.add(count(selection.leftOut(), "row"));
        }
        if (selection.withoutBytes() > 0) {
            parts.add("the bytes of " + count(selection.withoutBytes(), "message"));
        }
        if (!parts.isEmpty()) {
            out.element(
                    "p",
                    "Left out to keep this page small: " + String.join(", and ", parts)
                            + ". A pcapng file of the recording has everything.",
                    "class",
                    "left-out");
        }
    }
}

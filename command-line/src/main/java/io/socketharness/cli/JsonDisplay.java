package io.socketharness.cli;

import io.socketharness.recording.Bytes;
import io.socketharness.spi.LiveDialogue;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/** Shows each event as a JSON object on a line (RFC 8259). */
final class JsonDisplay implements Display {

    private final Console console;
    private final Instant origin;

    /**
     * @param origin of the times of events
     */
    JsonDisplay(Console console, Instant origin) {
        this.console = console;
        this.origin = origin;
    }

    @Override
    public void ready(RunningServer server) {
        print(object("ready", server).with("uri", server.uri()));
    }

    @Override
    public void line(RunningServer server, LiveDialogue.Line line) {
        String kind = line.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        JsonObject object = object(kind, server)
                .with("time", origin.plus(line.at()).toString())
                .with("connection", line.connection());
        Bytes data = line.data();
        if (!line.text().isEmpty()) {
            object.with("line", line.text());
            object = data.isText()
                    ? object.with("text", data.text())
                    : object.with("base64", Base64.getEncoder().encodeToString(data.toByteArray()));
        }
        print(line.remark().isEmpty() ? object : object.with("detail", line.remark()));
    }

    @Override
    public boolean failure(RunningServer server, String report) {
        print(object("failure", server).with("report", report));
        return true;
    }

    @Override
    public void leftOut(long events) {
        print(new JsonObject().with("event", "left-out").with("count", events));
    }

    @Override
    public void ended(int exitCode, Totals totals) {
        print(new JsonObject()
                .with("event", "ended")
                .with("connections", totals.connections())
                .with("failures", totals.failures())
                .with("exitCode", exitCode));
    }

    private static JsonObject object(String event, RunningServer server) {
        JsonObject object = new JsonObject().with("event", event);
        return server.name().isEmpty() ? object : object.with("server", server.name());
    }

    private void print(JsonObject object) {
        console.line(object.toString());
    }
}

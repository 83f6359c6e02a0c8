package io.socketharness.cli;

import io.socketharness.cli.Ansi.Colour;
import io.socketharness.recording.Event;
import io.socketharness.spi.LiveDialogue;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Shows the dialogue for people: a line for each message, with its time and its connection. */
final class TextDisplay implements Display {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final Colour[] CONNECTIONS = {Colour.BLUE, Colour.MAGENTA, Colour.YELLOW, Colour.CYAN};

    private final Console console;
    private final Instant origin;
    private final boolean showsNames;

    /**
     * @param origin of the times of lines
     * @param showsNames whether there are several servers
     */
    TextDisplay(Console console, Instant origin, boolean showsNames) {
        this.console = console;
        this.origin = origin;
        this.showsNames = showsNames;
    }

    @Override
    public void ready(RunningServer server) {}

    @Override
    public void line(RunningServer server, LiveDialogue.Line line) {
        if (line.isOmitted()) {
            return;
        }
        Ansi ansi = console.ansi();
        StringBuilder out = new StringBuilder(ansi.paint(Colour.DIM, TIME.format(origin.plus(line.at()))));
        Colour colour = CONNECTIONS[line.connection() % CONNECTIONS.length];
        String connection = (showsNames ? server.name() + " " : "") + "#" + line.connection();
        out.append(' ').append(ansi.paint(colour, connection)).append(' ');
        String text = TerminalText.of(line.text());
        if (!text.isEmpty()) {
            out.append(ansi.paint(text.startsWith("C") ? Colour.CYAN : Colour.GREEN, text));
        }
        if (!line.remark().isEmpty()) {
            String remark = (text.isEmpty() ? "-- " : "  -- ") + TerminalText.of(line.remark());
            out.append(ansi.paint(line.kind() == Event.Kind.FAILED ? Colour.RED : Colour.DIM, remark));
        }
        console.line(out.toString());
    }

    @Override
    public boolean failure(RunningServer server, String report) {
        return false;
    }

    @Override
    public void leftOut(long events) {
        console.out()
                .println(console.ansi()
                        .paint(
                                Colour.YELLOW,
                                "-- " + events + " events are not shown: the output is slower than the servers"));
    }

    @Override
    public void ended(int exitCode, Totals totals) {}
}

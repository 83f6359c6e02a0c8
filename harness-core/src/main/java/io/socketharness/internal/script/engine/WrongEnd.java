package io.socketharness.internal.script.engine;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.Eol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The end of a received line, which is not the end that the script requires. */
public record WrongEnd(Eol required, Eol received) {

    /** Of the line that was just received; null if its end is allowed, or if that message is not a line. */
    static @Nullable WrongEnd of(Connection connection) {
        return connection instanceof ScriptConnection on
                ? of(on.settings(), on.input().pending().endOfLine())
                : null;
    }

    /** The same for other settings, and the end of a received line. */
    static @Nullable WrongEnd of(Settings settings, Eol received) {
        Eol required = settings.eol();
        return !settings.exactEol() || received == Eol.NONE || received == required
                ? null
                : new WrongEnd(required, received);
    }

    /** A line with the end that is required. */
    public Bytes required(byte[] line) {
        return ended(line, required);
    }

    /** A line with the end that was received. */
    public Bytes received(byte[] line) {
        return ended(line, received);
    }

    private static Bytes ended(byte[] line, Eol eol) {
        byte[] end = eol.characters().getBytes(StandardCharsets.US_ASCII);
        byte[] ended = Arrays.copyOf(line, line.length + end.length);
        System.arraycopy(end, 0, ended, line.length, end.length);
        return Bytes.of(ended);
    }

    /** A sentence or two about the setting. */
    public String advice() {
        String setting = "@eol " + required.name().toLowerCase(Locale.ROOT);
        return setting + " exact requires " + required + " at the end of each line. To allow " + received + " too, use "
                + setting + ".";
    }
}

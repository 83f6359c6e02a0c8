package io.socketharness.model;

import io.socketharness.recording.Bytes;
import java.util.Locale;

/** How the steps speak from here to the end of their block. */
record Settings(Eol eol, Framing framing) {

    static final Settings INITIAL = new Settings(Eol.CRLF, Framing.NONE);

    /** What {@code S:} puts at the end of a line. */
    enum Eol {
        CRLF("\r\n"),
        LF("\n"),
        NONE("");

        private final String characters;

        Eol(String characters) {
            this.characters = characters;
        }

        Bytes line(String text) {
            return Bytes.ofText(text + characters);
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isFramed() {
        return framing != Framing.NONE;
    }

    Settings with(Eol newEol) {
        return new Settings(newEol, framing);
    }

    Settings with(Framing newFraming) {
        return new Settings(eol, newFraming);
    }
}

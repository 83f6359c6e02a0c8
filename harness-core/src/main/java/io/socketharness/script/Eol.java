package io.socketharness.script;

/** What ends the lines that the server sends. On datagrams there is never any. */
public enum Eol {
    /** Carriage return and line feed, as most protocols of the IETF have it: the default. */
    CRLF("\r\n"),
    /** Line feed. */
    LF("\n"),
    /** Nothing. */
    NONE("");

    private final String characters;

    Eol(String characters) {
        this.characters = characters;
    }

    /**
     * The characters that end a line.
     *
     * @return CR and LF, LF, or none
     */
    public String characters() {
        return characters;
    }
}

package io.socketharness.script;

/**
 * The end of the lines that the server sends on a stream, and with {@link Behaviours#exactEol exactEol} also of those
 * that the client must send. On datagrams, lines have no end.
 */
public enum Eol {
    /** Carriage return and line feed, as in most IETF protocols. This is the default. */
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
     * Returns the characters that end a line.
     *
     * @return CR and LF, LF, or none
     */
    public String characters() {
        return characters;
    }
}

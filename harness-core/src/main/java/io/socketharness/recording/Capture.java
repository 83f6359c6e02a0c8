package io.socketharness.recording;

/**
 * Whether files show what went over the wire in a test: the dialogue as text, an HTML page, and a pcapng file for
 * Wireshark. See {@link Captures}.
 */
public enum Capture {
    /** If the test fails. */
    ON_FAILURE,
    /** After each test. */
    ALWAYS,
    /** Never. */
    NEVER
}

package io.socketharness.spi;

import java.util.Locale;

/** Whether tapes are recorded or replayed. */
enum TapeMode {
    /** Replays a tape that exists, and records one that does not. */
    AUTO,
    RECORD,
    REPLAY;

    /** The configuration parameter or system property. */
    static final String PROPERTY = "socketharness.tape";

    /** The mode of a test, and why it has it. */
    record Choice(TapeMode mode, String reason) {}

    static Choice of(TestRun test) {
        String word = test.parameters().apply(PROPERTY).orElse("").strip();
        if (!word.isEmpty()) {
            return new Choice(named(word), PROPERTY + " is " + word);
        }
        String ci = System.getenv("CI");
        return ci == null || ci.isEmpty() || ci.equals("false")
                ? new Choice(AUTO, PROPERTY + " is not set")
                : new Choice(REPLAY, "the environment variable CI is set");
    }

    private static TapeMode named(String word) {
        for (TapeMode mode : values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(PROPERTY + " is \"" + word + "\"; auto, record or replay is allowed");
    }
}

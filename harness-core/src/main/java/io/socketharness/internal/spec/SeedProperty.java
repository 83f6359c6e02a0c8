package io.socketharness.internal.spec;

/** The system property with the seed of all servers, which repeats a run. */
public final class SeedProperty {

    private static final String NAME = "socketharness.seed";

    private SeedProperty() {}

    /** Refuses a value that is not a number. */
    static void check() {
        value();
    }

    /** Its value; 0 if it is not set. */
    public static long value() {
        String text = System.getProperty(NAME);
        return text == null ? 0 : new OptionValue("system property " + NAME, text).signed();
    }
}

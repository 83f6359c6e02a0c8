package io.socketharness.internal.script.engine;

/**
 * Until when an outstanding step could still be done.
 *
 * @param words such as {@code within 2 s}
 * @param testPassed whether the test has passed, so that nothing else explains why the step is outstanding
 */
public record Until(String words, boolean testPassed) {

    /** The end of a test that has failed. */
    public static Until failed(String words) {
        return new Until(words, false);
    }
}

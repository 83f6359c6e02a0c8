package io.socketharness.internal.runtime;

/** Where the library says what no exception can: looked up when there is something to say, as that takes milliseconds. */
public final class Warnings {

    private Warnings() {}

    public static void log(String message) {
        System.getLogger("io.socketharness").log(System.Logger.Level.WARNING, message);
    }
}

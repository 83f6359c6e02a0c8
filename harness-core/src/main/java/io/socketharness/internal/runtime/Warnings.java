package io.socketharness.internal.runtime;

/** Logs warnings where no exception is possible. The logger is created on demand, because that takes milliseconds. */
public final class Warnings {

    private Warnings() {}

    public static void log(String message) {
        System.getLogger("io.socketharness").log(System.Logger.Level.WARNING, message);
    }
}

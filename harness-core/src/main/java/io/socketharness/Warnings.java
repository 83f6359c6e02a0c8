package io.socketharness;

/** Where the library says what no exception can: looked up when there is something to say, as that takes milliseconds. */
final class Warnings {

    private Warnings() {}

    static void log(String message) {
        System.getLogger("io.socketharness").log(System.Logger.Level.WARNING, message);
    }
}

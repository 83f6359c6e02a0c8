package io.socketharness.internal.recording;

import java.util.Arrays;
import java.util.List;

/** The stack frames that a user wants to see: those of the test, not those of the library above them. */
final class CallerFrames {

    private static final List<String> LIBRARY =
            List.of("io.socketharness.internal.", "io.socketharness.assertj.", "io.socketharness.FakeServer");

    private CallerFrames() {}

    /** Removes the library's frames above the first frame of its caller. */
    static <T extends Throwable> T keep(T error) {
        StackTraceElement[] all = error.getStackTrace();
        int first = 0;
        while (first < all.length && isLibrary(all[first])) {
            first++;
        }
        if (first > 0 && first < all.length) {
            error.setStackTrace(Arrays.copyOfRange(all, first, all.length));
        }
        return error;
    }

    private static boolean isLibrary(StackTraceElement frame) {
        return LIBRARY.stream().anyMatch(frame.getClassName()::startsWith);
    }
}

package io.socketharness.internal.script.engine;

import java.util.Arrays;
import java.util.List;

/** The line of user code in an exception's stack trace: it threw, or called the JDK code that threw. */
final class UserFrame {

    private static final List<String> NOT_THE_USERS = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "io.socketharness.internal.",
            "io.socketharness.script.Behaviours",
            "io.socketharness.script.Connection");

    private UserFrame() {}

    /** Such as {@code \n  at com.acme.ServerTest.answer(ServerTest.java:42)}, or nothing. */
    static String of(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(UserFrame::isUsers)
                .findFirst()
                .map(frame -> "\n  at " + frame)
                .orElse("");
    }

    /** Removes the frames of the library that called the user's code. */
    static void removeCallers(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        int users = frames.length;
        while (users > 0 && !isUsers(frames[users - 1])) {
            users--;
        }
        if (users > 0) {
            thrown.setStackTrace(Arrays.copyOf(frames, users));
        }
    }

    private static boolean isUsers(StackTraceElement frame) {
        return NOT_THE_USERS.stream().noneMatch(frame.getClassName()::startsWith);
    }
}

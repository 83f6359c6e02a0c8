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
                .filter(frame -> NOT_THE_USERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> "\n  at " + frame)
                .orElse("");
    }
}

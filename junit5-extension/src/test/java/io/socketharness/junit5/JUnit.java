package io.socketharness.junit5;

import org.junit.jupiter.api.Test;

/** The version of JUnit that runs. */
final class JUnit {

    private JUnit() {}

    static boolean since(int major, int minor) {
        String[] version = Test.class.getPackage().getImplementationVersion().split("\\.");
        int runningMajor = Integer.parseInt(version[0]);
        return runningMajor > major || runningMajor == major && Integer.parseInt(version[1]) >= minor;
    }
}

package io.socketharness.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that a shell runs in the background ignores SIGINT, and so do its children: a JVM leaves a signal alone that is
 * ignored when it starts, see signal(7).
 */
final class InheritedSignals {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int INT = 2;

    private InheritedSignals() {}

    /** The program that starts another one with the default action of SIGINT; nothing where it is not ignored. */
    static List<String> prefix() {
        return isIgnored(INT) ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static boolean isIgnored(int signal) {
        try {
            return Files.exists(STATUS)
                    && Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("SigIgn:"))
                            .anyMatch(line -> new BigInteger(line.substring(7).strip(), 16).testBit(signal - 1));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}

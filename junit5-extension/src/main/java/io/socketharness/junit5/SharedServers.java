package io.socketharness.junit5;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps strict servers of classes from tests that can run at the same time: nobody can tell whose a connection is, so that
 * each test would be judged by the connections of the others.
 */
final class SharedServers {

    private SharedServers() {}

    /** Refuses a test that can run beside others with which it shares a strict server. */
    static void check(ExtensionContext context) {
        refused(context).ifPresent(source -> {
            throw new ExtensionConfigurationException(source
                    + ": found a strict server that tests of its class share, and tests that JUnit can run at the same"
                    + " time (" + Parallel.ENABLED + " is true, and this test is CONCURRENT or in a container that is);"
                    + " each would be judged by the connections of the others: give each test a server of its own, by a"
                    + " parameter or an instance field, or put @Execution(ExecutionMode.SAME_THREAD) on the class, or"
                    + " set strict to false");
        });
    }

    /** The first server that is refused in a test. */
    static Optional<Source> refused(ExtensionContext context) {
        if (!Parallel.isEnabled(context)) {
            return Optional.empty();
        }
        List<ExtensionContext> path = path(context);
        for (int i = 0; i < path.size() - 1; i++) {
            Optional<Source> strict = strict(path.get(i));
            if (strict.isPresent() && Parallel.isBesideOthers(path, i)) {
                return strict;
            }
        }
        return Optional.empty();
    }

    private static Optional<Source> strict(ExtensionContext ofClass) {
        return Servers.existing(ofClass)
                .flatMap(servers -> servers.running().entrySet().stream()
                        .filter(running -> running.getValue().spec().isStrict())
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    /** From the outermost class to the test. */
    private static List<ExtensionContext> path(ExtensionContext test) {
        List<ExtensionContext> path = new ArrayList<>();
        ExtensionContext around = test;
        while (around.getTestClass().isPresent()) {
            path.add(0, around);
            around = around.getParent().orElse(around.getRoot());
        }
        return path;
    }
}

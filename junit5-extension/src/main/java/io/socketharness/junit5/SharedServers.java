package io.socketharness.junit5;

import io.socketharness.spi.DeclaredServer;
import io.socketharness.spi.ParallelRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps strict servers of classes from tests that can run at the same time. A connection cannot be assigned to a test,
 * so each test would fail for the connections of the others.
 */
final class SharedServers {

    private SharedServers() {}

    /** Refuses a test that shares a strict server with tests that can run at the same time. */
    static void check(ExtensionContext context) {
        refused(context).ifPresent(server -> {
            throw ParallelRefusal.shared(JUnitFramework.INSTANCE, server);
        });
    }

    /** Returns the first server that is refused in a test. */
    static Optional<DeclaredServer> refused(ExtensionContext context) {
        if (!Parallel.isEnabled(context)) {
            return Optional.empty();
        }
        List<ExtensionContext> path = path(context);
        for (int i = 0; i < path.size() - 1; i++) {
            Optional<DeclaredServer> strict = strict(path.get(i));
            if (strict.isPresent() && Parallel.isBesideOthers(path, i)) {
                return strict;
            }
        }
        return Optional.empty();
    }

    private static Optional<DeclaredServer> strict(ExtensionContext ofClass) {
        return Servers.existing(ofClass).flatMap(servers -> ParallelRefusal.strict(servers.running()));
    }

    /** Returns the contexts from the outermost class to the test. */
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

package io.socketharness.spi;

import io.socketharness.FakeServer;
import java.util.Map;
import java.util.Optional;

/** Refuses servers that tests cannot use in parallel. */
public final class ParallelRefusal {

    private ParallelRefusal() {}

    /**
     * Returns the first strict server. Tests that run at the same time must not share a strict server: a connection
     * cannot be assigned to a test, so each test would fail for the connections of the others.
     *
     * @param <D> the type of the declarations
     * @param shared the servers that tests share
     * @return the declaration of the server; empty if no server is strict
     */
    public static <D extends DeclaredServer> Optional<D> strict(Map<D, FakeServer> shared) {
        return shared.entrySet().stream()
                .filter(running -> running.getValue().spec().isStrict())
                .<D>map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Returns the exception for a strict server that is shared by tests that can run at the same time.
     *
     * @param framework the framework of the tests
     * @param server the declaration of the server
     * @return the framework's exception
     */
    public static RuntimeException shared(TestFramework<?> framework, DeclaredServer server) {
        FrameworkWords words = framework.words();
        return framework.error(
                server.subject() + ": found a strict server that " + words.parallelSharing()
                        + "; each " + words.test() + " would fail for the connections of the others: give each "
                        + words.test()
                        + " its own server, as a parameter or " + words.ownField()
                        + ", or put @Execution(ExecutionMode.SAME_THREAD) on the " + words.container()
                        + ", or set strict to false",
                null);
    }

    /**
     * Returns the exception for a server that sets system properties without their lock.
     *
     * @param framework the framework of the tests
     * @param isOfTest whether the server belongs to one test, so that the test's method may have the lock
     * @return the exception; throw it from the supplier of the specification, see {@link ServerStart}
     */
    public static IllegalArgumentException unlockedProperties(TestFramework<?> framework, boolean isOfTest) {
        FrameworkWords words = framework.words();
        return new IllegalArgumentException("its properties are set for the whole JVM, and " + words.parallelRun()
                + "; put @ResourceLock(Resources.SYSTEM_PROPERTIES) on the "
                + (isOfTest ? words.method() + " or the " + words.container() : words.container())
                + " in mode READ_WRITE");
    }
}

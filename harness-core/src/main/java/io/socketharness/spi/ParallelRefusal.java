package io.socketharness.spi;

import io.socketharness.FakeServer;
import java.util.Map;
import java.util.Optional;

/** Which servers are refused where tests run in parallel, and with which message. */
public final class ParallelRefusal {

    private ParallelRefusal() {}

    /**
     * The first strict server. Tests that run at the same time must not share one: a connection cannot be assigned to a
     * test, so each test would be judged by the connections of the others.
     *
     * @param <D> what declares a server
     * @param shared the servers that tests share
     * @return what declares it; nothing if no server is strict
     */
    public static <D extends DeclaredServer> Optional<D> strict(Map<D, FakeServer> shared) {
        return shared.entrySet().stream()
                .filter(running -> running.getValue().spec().isStrict())
                .<D>map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The exception for a strict server that tests share which can run at the same time.
     *
     * @param framework the framework of the tests
     * @param server what declares it
     * @return the framework's own exception
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
     * The exception for a server that sets system properties without their lock.
     *
     * @param framework the framework of the tests
     * @param isOfTest whether it is a server of one test, so that its method may have the lock
     * @return to be thrown where its specification is made, see {@link ServerStart}
     */
    public static IllegalArgumentException unlockedProperties(TestFramework<?> framework, boolean isOfTest) {
        FrameworkWords words = framework.words();
        return new IllegalArgumentException("its properties are set for the whole JVM, and " + words.parallelRun()
                + "; put @ResourceLock(Resources.SYSTEM_PROPERTIES) on the "
                + (isOfTest ? words.method() + " or the " + words.container() : words.container())
                + " in mode READ_WRITE");
    }
}

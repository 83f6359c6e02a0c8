package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.internal.server.Verifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges the servers of a test for the extension of a test framework: all of them, whatever the first one says, so that
 * several that fail are reported together. A server that is not strict is passed over.
 */
public final class VerificationResult {

    private static final Set<String> ABORTS =
            Set.of("org.opentest4j.TestAbortedException", "org.junit.internal.AssumptionViolatedException");

    /** What was found, in the order of verification; a note is not a failure, but shows where the connections stood. */
    private record Finding(AssertionError error, String inOneLine, OptionalLong failedAt, boolean isNote) {

        static Finding of(Fault fault) {
            return new Finding(fault.error(), fault.inOneLine(), fault.failedAt(), false);
        }

        static Finding note(AssertionError note) {
            return new Finding(note, "", OptionalLong.empty(), true);
        }

        /** In the order of time; what is only outstanding comes after what has failed, and notes come last. */
        private static int compare(Finding a, Finding b) {
            return a.rank() != b.rank() || a.failedAt.isEmpty()
                    ? Integer.compare(a.rank(), b.rank())
                    : Long.compare(a.failedAt.getAsLong(), b.failedAt.getAsLong());
        }

        private int rank() {
            return isNote ? 2 : failedAt.isPresent() ? 0 : 1;
        }
    }

    private final List<Finding> findings = new ArrayList<>();
    private @Nullable AssertionError failure;

    /** Begins with no failure. */
    public VerificationResult() {}

    /**
     * Judges a server whose life ends, as {@link FakeServer#verify} does.
     *
     * @param server the server
     */
    public void verify(FakeServer server) {
        verifier(server, Verifier::verify);
    }

    /**
     * Judges a server whose life ends with a test that has failed: tells what has gone wrong, and what was still owed when
     * the test failed, as that may be why. Where nothing was, it tells where each connection stood, as the client may have
     * waited for what never comes; but not where the test's failure tells that already, as an assertion on its recording
     * does, which has the dialogue.
     *
     * @param server the server
     * @param testFailure how the test has failed
     */
    public void verifyCutShort(FakeServer server, Throwable testFailure) {
        RunningServer running = ServerAccess.running(server);
        boolean wrong = verifier(server, Verifier::verifyCutShort);
        if (!wrong && !running.recorder().isReportedBy(testFailure)) {
            running.verifier().standing().ifPresent(note -> findings.add(Finding.note(note)));
        }
    }

    /**
     * Judges a server that lives on, or whose test was aborted, as {@link FakeServer#verifyNoFailures} does.
     *
     * @param server the server
     */
    public void verifyNoFailures(FakeServer server) {
        verifier(server, Verifier::verifyNoFailures);
    }

    /**
     * Judges the servers of a test that has ended, each with {@link #verify}; with {@link #verifyCutShort} if the test has
     * failed, with {@link #verifyNoFailures} if it was aborted.
     *
     * @param servers the servers that live for that test alone
     * @param testFailure how the test has failed or was aborted; null if it has passed
     */
    public void verifyTest(Collection<FakeServer> servers, @Nullable Throwable testFailure) {
        for (FakeServer server : servers) {
            if (testFailure == null) {
                verify(server);
            } else if (isAbort(testFailure)) {
                verifyNoFailures(server);
            } else {
                verifyCutShort(server, testFailure);
            }
        }
    }

    /**
     * Judges the servers of a whole class whose tests have ended, each with {@link #verify}; with {@link #verifyNoFailures}
     * if a test did not run to its end, as it may have left a step outstanding.
     *
     * @param servers the servers that the tests shared
     * @param isCutShort whether a test, or the class itself, has failed or was aborted
     */
    public void verifyClass(Collection<FakeServer> servers, boolean isCutShort) {
        servers.forEach(isCutShort ? this::verifyNoFailures : this::verify);
    }

    /**
     * Adds the reports of {@link FirstCause} that the failure of a test does not contain, since another extension has
     * replaced or swallowed them.
     *
     * @param servers the servers of the test
     * @param testFailure how the test has failed; null if it has passed
     */
    public void addDropped(Collection<FakeServer> servers, @Nullable Throwable testFailure) {
        for (FakeServer server : servers) {
            ServerAccess.running(server)
                    .verifier()
                    .droppedCause(testFailure)
                    .map(Finding::of)
                    .ifPresent(findings::add);
        }
    }

    /**
     * Tells whether anything is wrong, or a note was made.
     *
     * @return whether there is something to report
     */
    public boolean hasFailed() {
        return !findings.isEmpty();
    }

    /**
     * The failure of the servers, once all of them are verified. It has the frame of the test, and not those of the library.
     *
     * @param test the test
     * @return the first failure in time, whichever server was verified first, with those of the other servers suppressed;
     *     nothing if all is well
     */
    public Optional<AssertionError> failure(TestCode test) {
        Optional<AssertionError> first = first();
        first.ifPresent(error -> error.setStackTrace(test.frames()));
        return first;
    }

    private Optional<AssertionError> first() {
        if (failure == null && !findings.isEmpty()) {
            findings.sort(Finding::compare);
            findings.forEach(finding -> withoutFrames(finding.error()));
            AssertionError first = findings.get(0).error();
            findings.stream().skip(1).forEach(finding -> first.addSuppressed(finding.error()));
            failure = first;
        }
        return Optional.ofNullable(failure);
    }

    private static void withoutFrames(AssertionError error) {
        error.setStackTrace(new StackTraceElement[0]);
        for (Throwable suppressed : error.getSuppressed()) {
            if (suppressed instanceof AssertionError other) {
                withoutFrames(other);
            }
        }
    }

    /**
     * Suppresses the failure of the servers in that of the test, which stays first, and prints a line about each server to
     * the standard error: with server, connection, step and reason.
     *
     * @param testFailure how the test has failed or was aborted
     */
    public void suppressIn(Throwable testFailure) {
        first().filter(error -> error != testFailure).ifPresent(testFailure::addSuppressed);
        if (!isAbort(testFailure)) {
            findings.stream()
                    .filter(finding -> !finding.isNote())
                    .forEach(finding -> System.err.println("socket-harness: " + finding.inOneLine()));
        }
    }

    /**
     * Tells whether a test was aborted, and has not failed: by an assumption of OpenTest4J or of JUnit 4, which AssertJ uses
     * where that is on the class path.
     *
     * @param failure what ended the test, or null
     * @return whether it is no failure
     */
    public static boolean isAbort(@Nullable Throwable failure) {
        for (Class<?> type = failure == null ? null : failure.getClass(); type != null; type = type.getSuperclass()) {
            if (ABORTS.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is wrong with it. */
    private boolean verifier(FakeServer server, Function<Verifier, Optional<Fault>> verifier) {
        Optional<Fault> fault = server.spec().isStrict()
                ? verifier.apply(ServerAccess.running(server).verifier())
                : Optional.empty();
        fault.map(Finding::of).ifPresent(findings::add);
        return fault.isPresent();
    }
}

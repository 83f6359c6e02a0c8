package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.internal.ThrownText;
import io.socketharness.internal.capture.Reports;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.server.Note;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.internal.server.Verifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the servers of a test and combines their failures. It verifies all servers, also after a failure, so that
 * several failures are reported together. Skips servers that are not strict.
 */
public final class VerificationResult {

    private static final Set<String> ABORTS =
            Set.of("org.opentest4j.TestAbortedException", "org.junit.internal.AssumptionViolatedException");

    private static final String TOLERATED =
            "This did not fail the test: the server has strict = false, so that the test verifies it itself.";

    /** A result of the verification. A note is not a failure: it shows the state of the connections. */
    private record Finding(
            AssertionError error, Report report, String inOneLine, OptionalLong failedAt, boolean isNote) {

        static Finding of(Fault fault) {
            return new Finding(fault.error(), fault.report(), fault.inOneLine(), fault.failedAt(), false);
        }

        static Finding of(Note note) {
            return new Finding(note.error(), note.report(), note.inOneLine(), OptionalLong.empty(), true);
        }

        /** A failure whose report has no parts. */
        static Finding of(AssertionError error, String inOneLine) {
            Report report = Report.of(String.valueOf(error.getMessage()), "");
            return new Finding(error, report, inOneLine, OptionalLong.empty(), false);
        }

        /** The same with a remark at the end. */
        Finding with(String ending) {
            return with(report.with(ending), inOneLine);
        }

        /** The same without secrets of other servers. */
        Finding without(PublicRecordings secrets) {
            Report hidden = report.map(secrets::text);
            return hidden.equals(report) ? this : with(hidden, secrets.text(inOneLine));
        }

        private Finding with(Report changed, String changedLine) {
            Fault fault = new Fault(error, report, inOneLine, failedAt, false).with(changed, changedLine);
            return new Finding(fault.error(), changed, changedLine, failedAt, isNote);
        }

        /** Compares by time: first failures, then outstanding steps, then notes. */
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
    /** The failure of the test, if it is the report of a server. */
    private @Nullable Report ownReport;
    /** The servers that were verified; empty after {@link #hideSecrets}. */
    private final Set<FakeServer> servers = new LinkedHashSet<>();

    /** Creates a result without failures. */
    public VerificationResult() {}

    /**
     * Verifies a server at the end of its lifetime, as {@link FakeServer#verify} does.
     *
     * @param server the server
     */
    public void verify(FakeServer server) {
        verifier(server, Verifier::verify);
    }

    /**
     * Verifies a server whose lifetime ends with a failed test. It reports failures, and the steps that were
     * outstanding when the test failed, because they may explain the failure. Without any, it adds a note with the
     * state of each connection, because the client may have waited for a message that was never sent. It omits the note
     * if the failure of the test contains the dialogue, as assertions on the recording do.
     *
     * @param server the server
     * @param testFailure the failure of the test
     */
    public void verifyCutShort(FakeServer server, Throwable testFailure) {
        RunningServer running = ServerAccess.running(server);
        boolean wrong = verifier(server, Verifier::verifyCutShort);
        if (!wrong && !running.recorder().isReportedBy(testFailure)) {
            running.verifier().describeConnections().map(Finding::of).ifPresent(findings::add);
        }
    }

    /**
     * Verifies a server that continues to run, or whose test was aborted, as {@link FakeServer#verifyNoFailures} does.
     *
     * @param server the server
     */
    public void verifyNoFailures(FakeServer server) {
        verifier(server, Verifier::verifyNoFailures);
    }

    /**
     * Verifies the servers of a test that has ended, each with {@link #verify}; with {@link #verifyCutShort} if the
     * test has failed; with {@link #verifyNoFailures} if it was aborted.
     *
     * @param servers the servers that belong to this test only
     * @param testFailure the failure or the abort of the test; null if it has passed
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
        if (testFailure == null) {
            passed(servers);
        }
    }

    /** Writes the tapes of a test or class without a failure: all of them, or none if one cannot be made. */
    private void passed(Collection<FakeServer> servers) {
        List<RunningServer.Writing> prepared = new ArrayList<>();
        for (FakeServer server : servers) {
            attempt(() -> prepared.add(ServerAccess.running(server).passed()));
        }
        for (RunningServer.Writing tape : prepared) {
            attempt(tape);
        }
    }

    /** Does nothing after a failure. */
    private void attempt(RunningServer.Writing action) {
        if (hasFailed()) {
            return;
        }
        try {
            action.run();
        } catch (AssertionError failedLater) {
            String reason =
                    String.valueOf(failedLater.getMessage()).lines().findFirst().orElse("");
            findings.add(Finding.of(failedLater, reason));
        } catch (IOException | IllegalStateException | IllegalArgumentException notWritten) {
            String reason = "the tape was not written: " + notWritten.getMessage();
            findings.add(Finding.of(new AssertionError(reason, notWritten), reason));
        }
    }

    /**
     * Verifies the servers of a class whose tests have ended, each with {@link #verify}; with {@link #verifyNoFailures}
     * if a test was interrupted by a failure, because it may have left a step outstanding.
     *
     * @param servers the servers that the tests shared
     * @param isCutShort whether a test, or the class itself, has failed or was aborted
     */
    public void verifyClass(Collection<FakeServer> servers, boolean isCutShort) {
        servers.forEach(isCutShort ? this::verifyNoFailures : this::verify);
        if (!isCutShort) {
            passed(servers);
        }
    }

    /**
     * Adds the reports of {@link FirstCause} that the failure of a test does not contain, because another extension has
     * replaced or swallowed them.
     *
     * @param servers the servers of the test
     * @param testFailure the failure of the test; null if it has passed
     */
    public void addDropped(Collection<FakeServer> servers, @Nullable Throwable testFailure) {
        for (FakeServer server : servers) {
            Verifier verifier = ServerAccess.running(server).verifier();
            verifier.reported(testFailure).ifPresent(report -> ownReport = report);
            verifier.droppedCause(testFailure).map(Finding::of).ifPresent(findings::add);
        }
    }

    /**
     * Returns whether there are failures or notes.
     *
     * @return whether there is something to report
     */
    public boolean hasFailed() {
        return !findings.isEmpty();
    }

    /**
     * Returns the failure of the servers, after all of them were verified. Its stack trace has a frame of the test, and
     * none of the library.
     *
     * @param test the test
     * @return the first failure in time, regardless of the order of verification, with those of the other servers
     *     suppressed; empty without failures
     */
    public Optional<AssertionError> failure(TestCode test) {
        Optional<AssertionError> first = first();
        first.ifPresent(error -> error.setStackTrace(test.frames()));
        return first;
    }

    /** Hides the secrets of each server in the reports of the others. Call it after the last verification. */
    private void hideSecrets() {
        if (servers.size() > 1 && !findings.isEmpty()) {
            PublicRecordings secrets = new PublicRecordings(
                    servers.stream().map(FakeServer::recording).toList());
            findings.replaceAll(finding -> finding.without(secrets));
        }
        servers.clear();
    }

    private Optional<AssertionError> first() {
        hideSecrets();
        if (failure == null && !findings.isEmpty()) {
            findings.sort(Finding::compare);
            findings.forEach(finding -> withoutFrames(finding.error()));
            AssertionError first = findings.get(0).error();
            findings.stream().skip(1).forEach(finding -> first.addSuppressed(finding.error()));
            failure = first;
        }
        return Optional.ofNullable(failure);
    }

    /**
     * What has failed in a test, the cause first.
     *
     * @param own the failure of the test; null if it has none
     * @param failedAt when that was, in terms of {@link System#nanoTime()}
     * @param among the servers of the test
     */
    Reports reports(@Nullable Throwable own, long failedAt, Collection<FakeServer> among) {
        hideSecrets();
        List<Report> failures = new ArrayList<>();
        List<Report> notes = new ArrayList<>();
        findings.stream()
                .sorted(Finding::compare)
                .forEach(finding -> (finding.isNote() ? notes : failures).add(finding.report()));
        if (ownReport != null) {
            failures.add(0, ownReport);
        } else if (own != null) {
            Report report = reportOf(own, among);
            // what verify() has thrown in the test is found again at its end
            failures.removeIf(report::isAboutTheSame);
            failures.add(report);
        }
        boolean isOfTest = own != null && ownReport == null;
        return new Reports(
                failures, tolerated(among), notes, isOfTest ? OptionalLong.of(failedAt) : OptionalLong.empty());
    }

    private static List<Report> tolerated(Collection<FakeServer> among) {
        return among.stream()
                .filter(server -> !server.spec().isStrict())
                .flatMap(server -> ServerAccess.running(server).recorder().failures().stream())
                .map(report -> report.with(TOLERATED))
                .toList();
    }

    private static Report reportOf(Throwable own, Collection<FakeServer> among) {
        return among.stream()
                .flatMap(server -> ServerAccess.running(server).recorder().reportOf(own).stream())
                .findFirst()
                .orElseGet(() -> Report.ofLines(ThrownText.ofFailure(own)));
    }

    /** Adds the place of the captures to the failure; for the failure of the test itself, prints it. */
    void captured(String place, boolean hasOwnFailure) {
        if (hasOwnFailure) {
            System.err.println("socket-harness: " + place);
        } else if (!findings.isEmpty()) {
            findings.sort(Finding::compare);
            findings.set(0, findings.get(0).with(place));
        }
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
     * Adds the failure of the servers as suppressed to the failure of the test, which stays first. Prints a line for
     * each server to the standard error, with server, connection, step and reason. A line begins with {@code also:} if
     * the failure of the test is the report of a server, because that failed first. Notes are printed only if the test
     * has thrown an exception, such as the timeout of a client: an {@link AssertionError} has its own reason.
     *
     * @param testFailure the failure or the abort of the test
     */
    public void suppressIn(Throwable testFailure) {
        first().filter(error -> error != testFailure).ifPresent(testFailure::addSuppressed);
        if (!isAbort(testFailure)) {
            findings.stream()
                    .filter(finding -> !finding.isNote() || !(testFailure instanceof AssertionError))
                    .map(Finding::inOneLine)
                    .filter(line -> !line.isEmpty())
                    .forEach(line ->
                            System.err.println("socket-harness: " + (ownReport == null ? "" : "also: ") + line));
        }
    }

    /**
     * Returns whether a test was aborted instead of failed: by an assumption of OpenTest4J or of JUnit 4, which AssertJ
     * uses if JUnit 4 is on the class path.
     *
     * @param failure the exception that ended the test, or null
     * @return whether the exception is an abort
     */
    public static boolean isAbort(@Nullable Throwable failure) {
        for (Class<?> type = failure == null ? null : failure.getClass(); type != null; type = type.getSuperclass()) {
            if (ABORTS.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the server has a failure. */
    private boolean verifier(FakeServer server, Function<Verifier, Optional<Fault>> verifier) {
        servers.add(server);
        Optional<Fault> fault = server.spec().isStrict()
                ? verifier.apply(ServerAccess.running(server).verifier())
                : Optional.empty();
        fault.map(Finding::of).ifPresent(findings::add);
        return fault.isPresent();
    }
}

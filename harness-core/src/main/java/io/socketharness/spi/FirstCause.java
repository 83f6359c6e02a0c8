package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.internal.ThrownText;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.internal.server.Verifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts the failure of a server before the exception that the test throws because of it.
 *
 * <p>A script that fails ends its connection, and the client throws an exception such as
 * {@code EOFException: connection closed}. The report of the server becomes the failure of the test. Its last lines
 * name the exception, which is its cause.
 */
public final class FirstCause {

    /** The configuration parameter (JUnit) or system property (Spock) that turns this off with {@code false}. */
    public static final String PROPERTY = "socketharness.firstCause";

    private FirstCause() {}

    /**
     * Returns the failure of a test. Call it after the test has thrown an exception and before its servers are closed.
     *
     * <p>An {@link AssertionError} and the exceptions of an aborted test are returned unchanged. So is an exception if
     * no server failed before it. A client that disconnected and a step that was too late do not count as failures,
     * because the exception may have caused them.
     *
     * @param servers the servers of the test, including those of its classes
     * @param thrown the exception of the test
     * @param test the test, for the frames of the report
     * @param captures writes the files that the report names
     * @return the report of the server that failed first, with the exception as its cause; or else the exception
     */
    public static Throwable of(Collection<FakeServer> servers, Throwable thrown, TestCode test, TestCaptures captures) {
        if (thrown instanceof AssertionError
                || thrown instanceof VirtualMachineError
                || VerificationResult.isAbort(thrown)) {
            return thrown;
        }
        Optional<Found> first = servers.stream()
                .filter(server -> server.spec().isStrict())
                .map(Found::of)
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(Found::failedAt));
        return first.<Throwable>map(found -> found.report(thrown, test, report -> {
                    // the exception may have a secret of any of them
                    PublicRecordings secrets = new PublicRecordings(
                            servers.stream().map(FakeServer::recording).toList());
                    return captures.failed(servers, report.map(secrets::text));
                }))
                .orElse(thrown);
    }

    /** A server and what failed on it. */
    private record Found(Verifier verifier, Fault fault) {

        static Optional<Found> of(FakeServer server) {
            Verifier verifier = ServerAccess.running(server).verifier();
            return verifier.cause().map(fault -> new Found(verifier, fault));
        }

        /** A failure without a time is unread input that was found when the test threw. */
        long failedAt() {
            return fault.failedAt().orElse(Long.MAX_VALUE);
        }

        AssertionError report(Throwable thrown, TestCode test, UnaryOperator<Report> captured) {
            AssertionError error = fault.error();
            Report said = fault.report().with(then(thrown, test));
            AssertionError report = new AssertionError(captured.apply(said).text(), thrown);
            report.setStackTrace(test.frames(thrown));
            if (error.getCause() != null) {
                report.addSuppressed(error.getCause());
            }
            for (Throwable suppressed : error.getSuppressed()) {
                report.addSuppressed(suppressed);
            }
            verifier.reportedAs(report, said, fault);
            return report;
        }

        private static String then(Throwable thrown, TestCode test) {
            return "The test threw " + ThrownText.inOneLine(thrown) + "\n    at " + test.frames(thrown)[0];
        }
    }
}

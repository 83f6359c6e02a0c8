package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.internal.ThrownText;
import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.internal.server.Verifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Puts the failure of a server before the exception that the test throws because of it.
 *
 * <p>A script that fails ends its connection, and the client throws something like {@code EOFException: connection closed}.
 * The report of the server becomes the failure of the test. Its last lines name the exception, which is its cause.
 */
public final class FirstCause {

    /** The name of the parameter that turns this off with {@code false}. */
    public static final String PROPERTY = "socketharness.firstCause";

    private FirstCause() {}

    /**
     * Returns the failure of a test, as soon as the test has thrown an exception, and before its servers are closed.
     *
     * <p>An {@link AssertionError} and the exceptions of an aborted test stay as they are. So does an exception if no server
     * had failed before. A client that left, and a step that was too late, are no reason: both may be a consequence of the
     * exception.
     *
     * @param servers the servers of the test, those of its classes included
     * @param thrown the exception of the test
     * @param test the test, for the frames of the report
     * @return the report of the server that failed first, with the exception as its cause; else the exception
     */
    public static Throwable of(Collection<FakeServer> servers, Throwable thrown, TestCode test) {
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
        return first.<Throwable>map(found -> found.report(thrown, test)).orElse(thrown);
    }

    /** A server and what failed on it. */
    private record Found(Verifier verifier, Fault fault) {

        static Optional<Found> of(FakeServer server) {
            Verifier verifier = ServerAccess.running(server).verifier();
            return verifier.cause().map(fault -> new Found(verifier, fault));
        }

        /** What failed at a time that is not known was unread when the test threw. */
        long failedAt() {
            return fault.failedAt().orElse(Long.MAX_VALUE);
        }

        AssertionError report(Throwable thrown, TestCode test) {
            AssertionError error = fault.error();
            AssertionError report = new AssertionError(error.getMessage() + "\n\n" + then(thrown, test), thrown);
            report.setStackTrace(test.frames(thrown));
            if (error.getCause() != null) {
                report.addSuppressed(error.getCause());
            }
            for (Throwable suppressed : error.getSuppressed()) {
                report.addSuppressed(suppressed);
            }
            verifier.reportedAs(report, fault);
            return report;
        }

        private static String then(Throwable thrown, TestCode test) {
            return "Then the test threw " + ThrownText.inOneLine(thrown) + "\n    at " + test.frames(thrown)[0];
        }
    }
}

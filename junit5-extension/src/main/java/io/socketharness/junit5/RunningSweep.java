package io.socketharness.junit5;

import io.socketharness.ServerSpec;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.TestSweep;
import io.socketharness.spi.TestSweepRun;
import io.socketharness.spi.VerificationResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.AssertionFailedError;

/** The sweep of a test method in the Store, and its current run. */
final class RunningSweep {

    private static final Namespace NAMESPACE = Namespace.create(RunningSweep.class);

    private final TestSweep sweep;
    private final ServerDeclaration server;
    /** Null in the invocation for the known weaknesses. */
    private volatile @Nullable TestSweepRun run;

    private volatile @Nullable Throwable reported;

    private RunningSweep(TestSweep sweep, ServerDeclaration server) {
        this.sweep = sweep;
        this.server = server;
    }

    /** Notes a sweep for the invocations of a method. */
    static RunningSweep start(ExtensionContext ofMethod, TestSweep sweep, ServerDeclaration server) {
        RunningSweep running = new RunningSweep(sweep, server);
        ofMethod.getStore(NAMESPACE).put(RunningSweep.class, running);
        return running;
    }

    /** The sweep that an invocation belongs to. */
    static Optional<RunningSweep> of(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(RunningSweep.class, RunningSweep.class));
    }

    TestSweep sweep() {
        return sweep;
    }

    ServerDeclaration server() {
        return server;
    }

    void runs(@Nullable TestSweepRun current) {
        run = current;
        reported = null;
    }

    /** The current run, for the server that is swept. */
    @Nullable
    TestSweepRun runOf(Object declaration) {
        return server.equals(declaration) ? run : null;
    }

    /** The specification of a server in the current run. */
    ServerSpec applied(ServerSpec declared) {
        TestSweepRun current = run;
        return current == null ? declared : current.applied(declared);
    }

    /** Whether the servers of the invocation are verified. */
    boolean isVerified() {
        TestSweepRun current = run;
        return current != null && !current.hasFault();
    }

    /** The failure of a run without a fault, with a first line that says that nothing was swept. */
    Throwable nothingSwept(Throwable failure) {
        if (failure == reported || VerificationResult.isAbort(failure)) {
            return failure;
        }
        String message = TestSweep.nothingSwept(failure);
        AssertionError error = failure instanceof AssertionFailedError failed && failed.isExpectedDefined()
                ? new AssertionFailedError(message, failed.getExpected(), failed.getActual(), failed)
                : new AssertionError(message, failure);
        error.setStackTrace(failure.getStackTrace());
        reported = error;
        return error;
    }

    /** The failure without that line. */
    Throwable original(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure == reported && cause != null ? cause : failure;
    }
}

package io.socketharness.spock;

import io.socketharness.ServerSpec;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.TestCode;
import io.socketharness.spi.TestSweep;
import io.socketharness.spi.TestSweepRun;
import io.socketharness.spi.TestSweepRun.Result;
import io.socketharness.spi.VerificationResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.spockframework.runtime.SpockTimeoutError;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.MethodKind;

/** A run of a sweep as an iteration of its feature. */
final class SweepIteration {

    private final ServerDeclaration server;
    private final TestSweepRun run;
    private @Nullable Throwable reported;

    SweepIteration(ServerDeclaration server, TestSweepRun run) {
        this.server = server;
        this.run = run;
    }

    boolean hasFault() {
        return run.hasFault();
    }

    /** The specification of a server in this run. */
    ServerSpec applied(ServerSpec declared) {
        return run.applied(declared);
    }

    /** The run, for the server that is swept. */
    @Nullable
    TestSweepRun runOf(ServerDeclaration declaration) {
        return server.equals(declaration) ? run : null;
    }

    /** Begins the time limit, after the start of the servers. */
    void begin() {
        run.begin();
    }

    /** Whether a method runs: after an exception, only those that clean up. */
    boolean runs(MethodInfo method) {
        return run.taken().isEmpty() || method.getKind() == MethodKind.CLEANUP;
    }

    /** Takes an exception of a method as evidence. Without a fault, it is the failure of the method. */
    boolean takes(Throwable thrown) {
        if (thrown instanceof SpockTimeoutError) {
            run.timedOut(thrown);
        }
        return run.takes(thrown);
    }

    void ended(MethodInfo method) {
        if (method.getKind() == MethodKind.FEATURE) {
            run.beginCleaning();
        }
    }

    /** Ends an iteration whose initial values fail, because Spock does not call its interceptors. */
    void failedBefore(MethodInfo method, Throwable failure, TestCode code) {
        if (method.getKind() == MethodKind.INITIALIZER) {
            run.end(failure, code);
        }
    }

    /** Judges the iteration. Returns its failure, or its abort if it says nothing. */
    Optional<Throwable> end(@Nullable Throwable failure, TestCode code) {
        if (failure instanceof SpockTimeoutError) {
            run.timedOut(failure);
        }
        Result result = run.end(failure, code);
        reported = result.failure().orElse(null);
        return result.failure()
                .<Throwable>map(error -> error)
                .or(() -> result.remark().map(TestAbortedException::new));
    }

    /** Notes that the iteration has failed after its end. */
    void failed() {
        run.failed();
    }

    /** The failure of an iteration without a fault, with a first line that says that nothing was swept. */
    Throwable nothingSwept(Throwable failure) {
        if (run.hasFault() || failure == reported || VerificationResult.isAbort(failure)) {
            return failure;
        }
        AssertionError error = new AssertionError(TestSweep.nothingSwept(failure), failure);
        error.setStackTrace(failure.getStackTrace());
        reported = error;
        return error;
    }
}

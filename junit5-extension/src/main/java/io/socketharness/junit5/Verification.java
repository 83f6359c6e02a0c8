package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.spi.FirstCause;
import io.socketharness.spi.TestCode;
import io.socketharness.spi.VerificationResult;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Verifies the servers when a test or a class has ended. */
final class Verification {

    private Verification() {}

    /** Verifies the servers of a test completely, and those of the enclosing classes for failures in the test. */
    static void afterTest(ExtensionContext context) {
        if (!Servers.of(context).isFirstVerification()) {
            return;
        }
        Scope scope = new Scope(context);
        Optional<RunningSweep> sweep = RunningSweep.of(context);
        if (isFaulted(context)) {
            // a client may leave steps outstanding after a fault
            cutShort(scope);
            return;
        }
        if (SharedServers.refused(context).isPresent()) {
            // Servers of a class contain only the input of the tests that may use them.
            cutShort(scope);
            return;
        }
        Optional<Throwable> failure = context.getExecutionException()
                .map(thrown -> sweep.map(one -> one.original(thrown)).orElse(thrown));
        VerificationResult result = new VerificationResult();
        result.addDropped(scope.running().values(), failure.orElse(null));
        scope.ofClasses().values().forEach(result::verifyNoFailures);
        Servers own = Servers.of(context);
        if (failure.isEmpty() && own.wasCutShort()) {
            // a dynamic test has failed, so that no tape is written
            own.running().values().forEach(result::verify);
        } else {
            result.verifyTest(own.running().values(), failure.orElse(null));
        }
        if (failure.isPresent() || result.hasFailed()) {
            cutShort(scope);
        }
        report(result, context, scope.running().values(), failure.orElse(null));
    }

    /**
     * Verifies the servers of a class completely, unless a test was cut short, because it may have left steps
     * outstanding.
     */
    static void afterClass(ExtensionContext context) {
        Servers servers = Servers.of(context);
        if (!servers.isFirstVerification()) {
            return;
        }
        Optional<Throwable> failure = context.getExecutionException();
        Collection<FakeServer> all = servers.running().values();
        VerificationResult result = new VerificationResult();
        // A method of a nested class may have failed because of a server of a class around it.
        result.addDropped(new Scope(context).running().values(), failure.orElse(null));
        result.verifyClass(all, failure.isPresent() || servers.wasCutShort());
        if (failure.isPresent() || result.hasFailed()) {
            cutShort(new Scope(context));
        }
        report(result, context, all, failure.orElse(null));
    }

    /** Notes that a test of the classes, or a class in them, did not run to its end. */
    static void cutShort(Scope scope) {
        scope.classContexts().forEach(around -> Servers.existing(around).ifPresent(Servers::cutShort));
    }

    /** The failure of a test stays first: JUnit would fail an aborted test if this method threw. */
    private static void report(
            VerificationResult result,
            ExtensionContext context,
            Collection<FakeServer> servers,
            @Nullable Throwable own) {
        Servers scope = Servers.of(context);
        if (own != null) {
            result.suppressIn(own);
        }
        scope.captures(context).ended(servers, own == null ? scope.failureInside() : own, result);
        Optional<AssertionError> failure = own == null ? result.failure(code(context)) : Optional.empty();
        if (failure.isPresent()) {
            throw (AssertionError) nothingSwept(context, failure.get());
        }
    }

    /** Whether a fault of a sweep explains the state of the servers. */
    private static boolean isFaulted(ExtensionContext context) {
        return RunningSweep.of(context).filter(sweep -> !sweep.isVerified()).isPresent();
    }

    private static Throwable nothingSwept(ExtensionContext context, Throwable failure) {
        return RunningSweep.of(context)
                .map(sweep -> sweep.nothingSwept(failure))
                .orElse(failure);
    }

    /** Returns the failure of the test, which is the report of a server if that comes first. */
    static Throwable firstCause(ExtensionContext context, Throwable thrown) {
        if (isFaulted(context)) {
            // the verdict decides
            return thrown;
        }
        boolean isOff = context.getConfigurationParameter(FirstCause.PROPERTY)
                .filter("false"::equals)
                .isPresent();
        boolean isFirst = context.getExecutionException().isEmpty();
        Servers.of(context).captures(context).testFailed();
        Throwable first = isOff || !isFirst
                ? thrown
                : FirstCause.of(
                        new Scope(context).running().values(),
                        thrown,
                        code(context),
                        Servers.of(context).captures(context));
        return isFirst ? nothingSwept(context, first) : first;
    }

    static TestCode code(ExtensionContext context) {
        return new TestCode(
                context.getRequiredTestClass(),
                context.getTestMethod().map(Method::getName).orElse("<class>"));
    }
}

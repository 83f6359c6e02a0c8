package io.socketharness.spock;

import io.socketharness.FakeServer;
import io.socketharness.spi.FirstCause;
import io.socketharness.spi.TestCode;
import io.socketharness.spi.VerificationResult;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spockframework.runtime.AbstractRunListener;
import org.spockframework.runtime.ConditionFailedWithExceptionError;
import org.spockframework.runtime.IRunListener;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.ErrorInfo;
import org.spockframework.runtime.model.FeatureInfo;

/** Verifies the servers when an iteration or a specification has ended, and closes them. */
final class Verification {

    private Verification() {}

    /**
     * Verifies the servers after an iteration with its fixture methods. Spock does not pass the failures of these
     * methods to this interceptor.
     */
    static void aroundIteration(IMethodInvocation invocation) throws Throwable {
        Servers own = Scope.of(invocation).ofIteration().orElseThrow();
        try {
            Optional<AssertionError> outdated = FeatureSweep.outdated(invocation);
            if (outdated.isPresent()) {
                throw outdated.get();
            }
            Throwable thrown = proceed(invocation, own);
            Optional<SweepIteration> sweep = FeatureSweep.iteration(invocation);
            if (sweep.isPresent()) {
                endSwept(invocation, own, sweep.get(), thrown);
            } else {
                verify(invocation, own, thrown);
            }
        } finally {
            own.end();
        }
    }

    /** A fault explains the state of the servers: they are verified only without one. */
    private static void endSwept(
            IMethodInvocation invocation, Servers own, SweepIteration sweep, @Nullable Throwable thrown)
            throws Throwable {
        Throwable failure = sweep.end(own.failure(), code(invocation)).orElse(null);
        if (sweep.hasFault()) {
            Scope.of(invocation).ofSpec().ifPresent(Servers::cutShort);
            if (failure != null) {
                throw failure;
            }
            return;
        }
        if (failure != null) {
            own.failed(failure);
        }
        if (own.failure() != null) {
            sweep.failed();
        }
        try {
            verify(invocation, own, failure == null ? thrown : failure);
        } catch (Throwable failed) {
            sweep.failed();
            throw sweep.nothingSwept(failed);
        }
    }

    private static void verify(IMethodInvocation invocation, Servers own, @Nullable Throwable thrown) throws Throwable {
        Scope scope = Scope.of(invocation);
        Servers ofSpec = scope.ofSpec().orElseThrow();
        VerificationResult result = new VerificationResult();
        result.addDropped(scope.running().values(), own.failure());
        ofSpec.running().values().forEach(result::verifyNoFailures);
        result.verifyTest(own.running().values(), own.failure());
        if (own.wasCutShort()) {
            ofSpec.cutShort();
        }
        report(result, invocation, own, scope.running().values(), thrown);
    }

    /**
     * Verifies the servers of a specification completely, unless a feature was cut short, because it may have left
     * steps outstanding.
     */
    static void aroundSpec(IMethodInvocation invocation) throws Throwable {
        Servers own = Scope.of(invocation).ofSpec().orElseThrow();
        try {
            Throwable thrown = proceed(invocation, own);
            VerificationResult result = new VerificationResult();
            result.addDropped(own.running().values(), own.failure());
            result.verifyClass(own.running().values(), own.wasCutShort());
            report(result, invocation, own, own.running().values(), thrown);
        } finally {
            own.end();
        }
    }

    /** Notes the abort of a feature by another extension before its first iteration. */
    static void aroundFeature(IMethodInvocation invocation) throws Throwable {
        if (FeatureSweep.isDeclared(invocation.getFeature())) {
            // a sweep may be refused
            Scope.of(invocation).ofSpec().ifPresent(Servers::cutShort);
            FeatureSweep.check(invocation.getFeature());
        }
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            Scope.of(invocation).ofSpec().ifPresent(Servers::cutShort);
            throw failure;
        }
    }

    private static @Nullable Throwable proceed(IMethodInvocation invocation, Servers own) {
        try {
            invocation.proceed();
            return null;
        } catch (Throwable thrown) {
            own.failed(thrown);
            return thrown;
        }
    }

    /** Notes every failure, including those of where: blocks. Spock does not report aborts to listeners. */
    static IRunListener watch(Servers ofSpec) {
        return new AbstractRunListener() {
            @Override
            public void error(ErrorInfo error) {
                ofSpec.cutShort();
            }
        };
    }

    /** Notes the failure or the abort of a method of an iteration or a specification. */
    static void watch(IMethodInvocation invocation) throws Throwable {
        Optional<SweepIteration> sweep = FeatureSweep.iteration(invocation);
        if (sweep.isPresent() && !sweep.get().runs(invocation.getMethod())) {
            return;
        }
        try {
            invocation.proceed();
        } catch (Throwable thrown) {
            if (sweep.isPresent() && sweep.get().takes(thrown)) {
                return;
            }
            Scope scope = Scope.of(invocation);
            Optional<Servers> own = scope.ofIteration().or(scope::ofSpec);
            own.ifPresent(servers -> servers.captures(invocation).testFailed());
            Throwable failure = own.filter(servers -> servers.failure() == null)
                    .map(servers -> firstCause(scope, servers, invocation, thrown))
                    .orElse(thrown);
            own.ifPresent(servers -> servers.failed(failure));
            // An iteration whose start fails is never verified.
            scope.ofSpec().ifPresent(Servers::cutShort);
            sweep.ifPresent(one -> one.failedBefore(invocation.getMethod(), failure, code(invocation)));
            throw sweep.map(one -> one.nothingSwept(failure)).orElse(failure);
        } finally {
            sweep.ifPresent(one -> one.ended(invocation.getMethod()));
        }
    }

    /** Returns the failure of the feature, which is the report of a server if that comes first. */
    private static Throwable firstCause(Scope scope, Servers own, IMethodInvocation invocation, Throwable thrown) {
        if ("false".equals(System.getProperty(FirstCause.PROPERTY))) {
            return thrown;
        }
        Throwable exception = ofCondition(thrown).orElse(thrown);
        Throwable first =
                FirstCause.of(scope.running().values(), exception, code(invocation), own.captures(invocation));
        return first == exception ? thrown : first;
    }

    /** The exception of a condition, which Spock wraps in an error. */
    private static Optional<Throwable> ofCondition(Throwable thrown) {
        return thrown instanceof ConditionFailedWithExceptionError
                ? Optional.ofNullable(thrown.getCause())
                : Optional.empty();
    }

    private static TestCode code(IMethodInvocation invocation) {
        FeatureInfo feature = invocation.getFeature();
        return new TestCode(
                invocation.getSpec().getBottomSpec().getReflection(), feature == null ? "<class>" : feature.getName());
    }

    /** The failure of a feature stays first: Spock would fail an aborted feature if this method threw. */
    private static void report(
            VerificationResult result,
            IMethodInvocation invocation,
            Servers own,
            Collection<FakeServer> servers,
            @Nullable Throwable thrown)
            throws Throwable {
        Throwable first = thrown == null ? own.failure() : thrown;
        if (first != null) {
            result.suppressIn(first);
        }
        own.captures(invocation).ended(servers, own.failure(), result);
        if (thrown != null) {
            throw thrown;
        }
        if (first == null) {
            Optional<AssertionError> failure = result.failure(code(invocation));
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}

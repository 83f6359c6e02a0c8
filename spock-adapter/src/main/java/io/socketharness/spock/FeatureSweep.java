package io.socketharness.spock;

import io.socketharness.spi.AnnotatedServer;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.TestCaptures.Attachments;
import io.socketharness.spi.TestCode;
import io.socketharness.spi.TestSweep;
import io.socketharness.spi.TestSweepRun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spockframework.runtime.IDataIterator;
import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.extension.IDataDriver;
import org.spockframework.runtime.extension.IIterationRunner;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.ExecutionResult;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.ParameterInfo;
import org.spockframework.runtime.model.SpecInfo;
import org.spockframework.runtime.model.parallel.ExecutionMode;

/** Runs the iterations of a feature with {@link FaultSweep}, one for each run. */
final class FeatureSweep implements IDataDriver {

    private static final int UNKNOWN = -1;

    private final SpecInfo spec;
    private final FeatureInfo feature;
    private final FaultSweep annotation;
    /** Null before the first run, and after the last one. */
    private volatile @Nullable SweepIteration current;

    private volatile @Nullable AssertionError outdated;

    private FeatureSweep(SpecInfo spec, FeatureInfo feature, FaultSweep annotation) {
        this.spec = spec;
        this.feature = feature;
        this.annotation = annotation;
    }

    private static Optional<FaultSweep> declared(FeatureInfo feature) {
        return AnnotatedServer.declared(feature.getFeatureMethod().getReflection(), FaultSweep.class).stream()
                .findFirst();
    }

    static boolean isDeclared(FeatureInfo feature) {
        return declared(feature).isPresent();
    }

    /** Prepares a feature for its sweep, if it has one. */
    static void prepare(SpecInfo spec, FeatureInfo feature) {
        declared(feature).ifPresent(annotation -> {
            feature.setForceParameterized(true);
            feature.setDataDriver(new FeatureSweep(spec, feature, annotation));
            feature.setExecutionMode(ExecutionMode.SAME_THREAD);
        });
    }

    /** The current iteration of the sweep that a method runs in. */
    static Optional<SweepIteration> iteration(IMethodInvocation invocation) {
        FeatureInfo feature = invocation.getFeature();
        return feature != null && feature.getDataDriver() instanceof FeatureSweep sweep
                ? Optional.ofNullable(sweep.current)
                : Optional.empty();
    }

    /** The failure of the iteration after the last run, which runs no method. */
    static Optional<AssertionError> outdated(IMethodInvocation invocation) {
        return invocation.getFeature().getDataDriver() instanceof FeatureSweep sweep
                ? Optional.ofNullable(sweep.outdated)
                : Optional.empty();
    }

    /** Refuses a feature whose iterations another extension determines. Its annotation is visited after this adapter. */
    static void check(FeatureInfo feature) {
        if (isDeclared(feature) && !(feature.getDataDriver() instanceof FeatureSweep)) {
            throw error(
                    feature, "another extension, such as @RepeatUntilFailure, determines the iterations; remove it");
        }
    }

    @Override
    public void runIterations(IDataIterator data, IIterationRunner runner, List<ParameterInfo> parameters) {
        Object[] arguments = IDataDriver.prepareArgumentArray(new Object[0], parameters);
        try (TestSweep sweep = begin()) {
            ServerDeclaration server = server();
            for (Optional<TestSweepRun> next = sweep.next(); next.isPresent(); next = sweep.next()) {
                current = new SweepIteration(server, next.get());
                ExecutionResult result = run(next.get().name(), runner, arguments);
                if (result == ExecutionResult.SKIPPED) {
                    throw error(
                            feature,
                            "Spock did not run the feature without a fault, which comes first. A single"
                                    + " iteration cannot be selected; run one fault with -D" + TestSweep.ONLY + "='…'");
                }
            }
            current = null;
            sweep.finish(Attachments.NONE);
            outdated = sweep.outdated(new TestCode(spec.getReflection(), feature.getName()))
                    .orElse(null);
            if (outdated != null) {
                run("known weaknesses", runner, arguments);
            }
        } catch (IllegalArgumentException wrong) {
            throw error(feature, String.valueOf(wrong.getMessage()));
        }
    }

    private ExecutionResult run(String name, IIterationRunner runner, Object[] arguments) {
        feature.setIterationNameProvider(iteration -> name);
        return runner.runIteration(arguments, UNKNOWN).join();
    }

    private TestSweep begin() {
        if (feature.getDataProcessorMethod() != null) {
            throw error(
                    feature, "found a where: block; remove it, or call io.socketharness.sweep.Sweep in the feature");
        }
        if (feature.getExecutionMode().filter(ExecutionMode.CONCURRENT::equals).isPresent()) {
            throw error(
                    feature,
                    "found @Execution(CONCURRENT); remove it, because each run depends on the results of"
                            + " those before it");
        }
        return TestSweep.of(annotation, TestRuns.ofSweep(spec, feature));
    }

    private ServerDeclaration server() {
        List<ServerDeclaration> servers = Declarations.ofIteration(spec, feature);
        boolean isShared = Declarations.ofSpec(spec).stream()
                .anyMatch(one -> servers.isEmpty() || one.name().equals(annotation.server()));
        if (isShared) {
            throw error(
                    feature,
                    "found a server on a @Shared field; each run needs its own server: remove @Shared, or"
                            + " put @SocketServer on the feature or a parameter");
        }
        if (servers.isEmpty()) {
            throw error(
                    feature,
                    "found no server; put @SocketServer on the feature, a parameter, a field or the"
                            + " specification. For a server that the feature starts, use io.socketharness.sweep.Sweep");
        }
        return TestSweep.server(servers, annotation.server());
    }

    private static ExtensionException error(FeatureInfo feature, String message) {
        ExtensionException error =
                new ExtensionException("@FaultSweep on " + Elements.of(feature).place() + ": " + message);
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }
}

package io.socketharness.spock;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.extension.IGlobalExtension;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.SpecInfo;
import org.spockframework.util.SpockReleaseInfo;
import spock.config.RunnerConfiguration;

/**
 * The Spock extension behind {@link SocketServer}, {@link FromServer} and {@link FaultSweep}: starts and verifies servers, sets fields,
 * resolves parameters. Spock finds and creates it; tests do not use it. It does not affect specifications without
 * servers.
 *
 * <p>It is a global extension, because an annotation-driven one would not find the annotations on composed
 * annotations and interfaces. It has no state, so several specifications can use it at once. The servers are in the
 * store.
 */
public final class SocketServerExtension implements IGlobalExtension {

    private final RunnerConfiguration configuration;

    /**
     * Creates the extension; called by Spock.
     *
     * @param configuration shows whether features run in parallel
     */
    public SocketServerExtension(RunnerConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void visitSpec(SpecInfo spec) {
        try {
            if (Declarations.concern(spec)) {
                serve(spec);
            }
        } catch (NoSuchMethodError older) {
            throw new ExtensionException(
                    "found Spock " + SpockReleaseInfo.getVersion()
                            + "; the Spock adapter of socket-harness runs on 2.4 and later",
                    older);
        }
    }

    private void serve(SpecInfo spec) {
        spec.addInterceptor(Verification::aroundSpec);
        spec.addSharedInitializerInterceptor(this::startOfSpec);
        spec.addInitializerInterceptor(this::startOfIteration);
        for (FeatureInfo feature : spec.getAllFeatures()) {
            FeatureSweep.prepare(spec, feature);
            feature.addInterceptor(Verification::aroundFeature);
            feature.addInterceptor(new SharedServers(configuration.parallel));
            feature.addIterationInterceptor(Verification::aroundIteration);
        }
        spec.getAllSharedInitializerMethods()
                .forEach(method -> method.addInterceptor(SocketServerExtension::closeIfItFails));
        spec.getAllInitializerMethods().forEach(method -> method.addInterceptor(Verification::watch));
        Declarations.methods(spec).forEach(SocketServerExtension::serve);
    }

    /** These interceptors run before those of other extensions, so that they see the final result of a feature. */
    private static void serve(MethodInfo method) {
        method.addInterceptor(Verification::watch);
        method.addInterceptor(TimeLimits::apply);
        method.addInterceptor(Parameters::resolve);
    }

    private void startOfSpec(IMethodInvocation invocation) throws Throwable {
        Servers servers = Servers.begin(Servers.Of.SPEC, invocation);
        invocation.getSpec().getBottomSpec().addListener(Verification.watch(servers));
        try {
            Scope scope = Scope.of(invocation);
            servers.start(
                    Declarations.ofSpec(scope.spec()), scope, lock(scope.spec(), null), TestRuns.of(invocation), null);
            Fields.set(scope, true, invocation.getSharedInstance());
        } catch (Throwable failure) {
            servers.end();
            throw failure;
        }
        invocation.proceed();
    }

    private void startOfIteration(IMethodInvocation invocation) throws Throwable {
        Servers servers = Servers.begin(Servers.Of.ITERATION, invocation);
        if (FeatureSweep.outdated(invocation).isPresent()) {
            return;
        }
        Scope scope = Scope.of(invocation);
        Optional<SweepIteration> sweep = FeatureSweep.iteration(invocation);
        try {
            servers.start(
                    Declarations.ofIteration(scope.spec(), invocation.getFeature()),
                    scope,
                    lock(scope.spec(), invocation.getFeature()),
                    TestRuns.of(invocation),
                    sweep.orElse(null));
            Fields.set(scope, false, invocation.getInstance());
        } catch (Throwable failure) {
            scope.ofSpec().ifPresent(Servers::cutShort);
            throw failure;
        }
        sweep.ifPresent(SweepIteration::begin);
        invocation.proceed();
    }

    private PropertiesLock lock(SpecInfo spec, @Nullable FeatureInfo feature) {
        return new PropertiesLock(configuration.parallel.enabled, spec, feature);
    }

    /** Closes the servers of a specification whose start fails, because Spock does not report its end. */
    private static void closeIfItFails(IMethodInvocation invocation) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            Scope.of(invocation).ofSpec().ifPresent(Servers::end);
            throw failure;
        }
    }
}

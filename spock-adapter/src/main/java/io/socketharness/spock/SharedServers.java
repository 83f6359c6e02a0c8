package io.socketharness.spock;

import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.extension.IMethodInterceptor;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.SpecInfo;
import org.spockframework.runtime.model.parallel.ExecutionMode;
import org.spockframework.runtime.model.parallel.ResourceAccessMode;
import spock.config.ParallelConfiguration;

/**
 * Keeps strict servers of {@code @Shared} fields from features that can run at the same time: nobody can tell whose a
 * connection is, so that each iteration would be judged by the connections of the others.
 *
 * @param configuration what Spock runs in parallel
 */
record SharedServers(ParallelConfiguration configuration) implements IMethodInterceptor {

    /** Refuses a feature that can run beside others with which it shares a strict server. */
    @Override
    public void intercept(IMethodInvocation invocation) throws Throwable {
        Scope scope = Scope.of(invocation);
        if (isBesideOthers(scope.spec(), invocation.getFeature())) {
            refuseStrict(scope);
        }
        invocation.proceed();
    }

    private static void refuseStrict(Scope scope) {
        scope.ofSpec()
                .ifPresent(servers -> servers.running().forEach((declaration, server) -> {
                    if (server.spec().isStrict()) {
                        throw new ExtensionException(declaration
                                + ": found a strict server that features share, and features that Spock can run at the same time"
                                + " (runner.parallel.enabled is true, and this one is CONCURRENT); each would be judged by the"
                                + " connections of the others: give each iteration a server of its own, by a parameter or a"
                                + " field without @Shared, or put @Execution(ExecutionMode.SAME_THREAD) on the specification, or"
                                + " set strict to false");
                    }
                }));
    }

    /** A feature and its iterations have one mode; a specification that holds a lock runs them one after another. */
    private boolean isBesideOthers(SpecInfo spec, FeatureInfo feature) {
        ExecutionMode mode = feature.getExecutionMode()
                .or(spec::getExecutionMode)
                .or(spec::getChildExecutionMode)
                .orElse(configuration.defaultExecutionMode);
        return configuration.enabled
                && mode == ExecutionMode.CONCURRENT
                && spec.getExclusiveResources().stream()
                        .noneMatch(lock -> lock.getMode() == ResourceAccessMode.READ_WRITE);
    }
}

package io.socketharness.spock;

import io.socketharness.spi.ParallelRefusal;
import org.spockframework.runtime.extension.IMethodInterceptor;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.SpecInfo;
import org.spockframework.runtime.model.parallel.ExecutionMode;
import org.spockframework.runtime.model.parallel.ResourceAccessMode;
import spock.config.ParallelConfiguration;

/**
 * Keeps strict servers of {@code @Shared} fields from features that can run at the same time. A connection cannot be
 * assigned to an iteration, so each iteration would fail for the connections of the others.
 *
 * @param configuration Spock's configuration of parallel execution
 */
record SharedServers(ParallelConfiguration configuration) implements IMethodInterceptor {

    /** Refuses a feature that shares a strict server with features that can run at the same time. */
    @Override
    public void intercept(IMethodInvocation invocation) throws Throwable {
        Scope scope = Scope.of(invocation);
        if (isBesideOthers(scope.spec(), invocation.getFeature())) {
            scope.ofSpec()
                    .flatMap(servers -> ParallelRefusal.strict(servers.running()))
                    .ifPresent(server -> {
                        throw ParallelRefusal.shared(SpockFramework.INSTANCE, server);
                    });
        }
        invocation.proceed();
    }

    /**
     * Returns whether the feature can run at the same time as others. A feature and its iterations have the same mode.
     * A specification that holds a lock runs them one after another.
     */
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

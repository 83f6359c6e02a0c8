package io.socketharness.spock;

import io.socketharness.ServerSpec;
import io.socketharness.spi.ParallelRefusal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.SpecInfo;
import org.spockframework.runtime.model.parallel.ExclusiveResource;
import org.spockframework.runtime.model.parallel.ResourceAccessMode;
import org.spockframework.runtime.model.parallel.Resources;

/**
 * Ensures that a feature does not see system properties that a server sets for another feature.
 *
 * <p>An extension cannot acquire a lock for a feature, so the feature or specification must declare it if Spock runs
 * features in parallel.
 *
 * @param parallel whether Spock runs features in parallel
 * @param feature the feature that the server is for; null if it is for the whole specification
 */
record PropertiesLock(
        boolean parallel, SpecInfo spec, @Nullable FeatureInfo feature) {

    /** Refuses a server that sets system properties if they require a lock that is not declared. */
    ServerSpec checked(ServerSpec server) {
        if (parallel && !server.properties().isEmpty() && held().noneMatch(PropertiesLock::isIt)) {
            throw ParallelRefusal.unlockedProperties(SpockFramework.INSTANCE, feature != null);
        }
        return server;
    }

    private Stream<ExclusiveResource> held() {
        Stream<ExclusiveResource> ofSpec =
                spec.getSpecsTopToBottom().stream().flatMap(one -> one.getExclusiveResources().stream());
        return feature == null ? ofSpec : Stream.concat(ofSpec, feature.getExclusiveResources().stream());
    }

    /** Returns whether a resource includes the system properties. {@code @Isolated} locks everything. */
    private static boolean isIt(ExclusiveResource resource) {
        return resource.getMode() == ResourceAccessMode.READ_WRITE
                && (resource.getKey().equals(Resources.SYSTEM_PROPERTIES)
                        || resource.getKey()
                                .equals(org.junit.platform.engine.support.hierarchical.ExclusiveResource.GLOBAL_KEY));
    }
}

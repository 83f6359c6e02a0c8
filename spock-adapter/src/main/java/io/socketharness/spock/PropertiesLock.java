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
 * Sees to it that no feature meets system properties that a server sets for another.
 *
 * <p>An extension cannot lock for others, so the lock has to be there where Spock runs features in parallel.
 *
 * @param parallel whether it does
 * @param feature the feature that the server is for, none if it is for the whole specification
 */
record PropertiesLock(
        boolean parallel, SpecInfo spec, @Nullable FeatureInfo feature) {

    /** Refuses a server that sets system properties where they would have to be locked, and are not. */
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

    /** What {@code @Isolated} locks is everything. */
    private static boolean isIt(ExclusiveResource resource) {
        return resource.getMode() == ResourceAccessMode.READ_WRITE
                && (resource.getKey().equals(Resources.SYSTEM_PROPERTIES)
                        || resource.getKey()
                                .equals(org.junit.platform.engine.support.hierarchical.ExclusiveResource.GLOBAL_KEY));
    }
}

package io.socketharness.spock;

import io.socketharness.spi.TestRun;
import java.util.Optional;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.SpecInfo;

/** Describes the runs of Spock features. */
final class TestRuns {

    private TestRuns() {}

    static TestRun of(IMethodInvocation invocation) {
        FeatureInfo feature = invocation.getFeature();
        Class<?> spec = invocation.getSpec().getBottomSpec().getReflection();
        if (feature == null) {
            return new TestRun(spec, null, "", "", TestRuns::property);
        }
        // all iterations of a sweep are the same run
        return feature.isParameterized() && !FeatureSweep.isDeclared(feature)
                ? of(spec, feature, String.valueOf(invocation.getIteration().getIterationIndex() + 1))
                : of(spec, feature, "");
    }

    static TestRun ofSweep(SpecInfo spec, FeatureInfo feature) {
        return of(spec.getReflection(), feature, "");
    }

    private static TestRun of(Class<?> spec, FeatureInfo feature, String index) {
        return new TestRun(
                spec, feature.getFeatureMethod().getReflection(), feature.getName(), index, TestRuns::property);
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name));
    }
}

package io.socketharness.spock;

import io.socketharness.spi.TestRun;
import java.util.Optional;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.FeatureInfo;

/** Describes the runs of Spock features. */
final class TestRuns {

    private TestRuns() {}

    static TestRun of(IMethodInvocation invocation) {
        FeatureInfo feature = invocation.getFeature();
        Class<?> spec = invocation.getSpec().getBottomSpec().getReflection();
        return feature == null
                ? new TestRun(spec, null, "", "", TestRuns::property)
                : new TestRun(
                        spec,
                        feature.getFeatureMethod().getReflection(),
                        feature.getName(),
                        feature.isParameterized()
                                ? String.valueOf(invocation.getIteration().getIterationIndex() + 1)
                                : "",
                        TestRuns::property);
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name));
    }
}

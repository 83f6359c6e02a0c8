package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.model.FieldInfo;
import org.spockframework.runtime.model.SpecInfo;
import org.spockframework.util.SpockReleaseInfo;
import spock.config.RunnerConfiguration;
import spock.lang.Specification;

/** The build runs these tests on several versions of Spock; this one says that each run had the version it claims. */
class SpockVersionTest {
    @Test
    void runsOnTheVersionThatTheBuildNames() {
        String expected = System.getProperty("spock.expected");
        assumeTrue(expected != null, "spock.expected is set by the Maven build");

        assertThat(SpockReleaseInfo.getVersion()).hasToString(expected.replace("-groovy", ".0-groovy"));
    }

    @Test
    void andOnSpecificationsThatThisBuildCompiled() throws Exception {
        Class<?> compiled = Class.forName("io.socketharness.spock.StatsdReporterSpec");

        assertThat(compiled.getProtectionDomain().getCodeSource().getLocation().getPath())
                .endsWith("/test-classes/");
    }

    /** An older Spock lacks methods, which JUnit would take for a mix of its own versions. */
    @Test
    void anOlderVersionIsRefused() {
        SpecInfo older = new SpecInfo() {
            @Override
            public List<FieldInfo> getAllFields() {
                throw new NoSuchMethodError("'java.util.List MethodInfo.getParameters()'");
            }
        };
        older.setReflection(Specification.class);

        assertThatThrownBy(() -> new SocketServerExtension(new RunnerConfiguration()).visitSpec(older))
                .isInstanceOf(ExtensionException.class)
                .hasMessage("found Spock " + SpockReleaseInfo.getVersion()
                        + "; the Spock adapter of socket-harness runs on 2.4 and later")
                .hasCauseInstanceOf(NoSuchMethodError.class);
    }
}

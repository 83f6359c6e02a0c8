package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.spockframework.util.SpockReleaseInfo;

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
}

package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** The build runs these tests on several versions of JUnit; this one says that each run had the version it claims. */
class JUnitVersionTest {
    @Test
    void runsOnTheVersionThatTheBuildNames() throws Exception {
        String expected = System.getProperty("junit.expected");
        assumeTrue(expected != null, "junit.expected is set by the Maven build");

        assertThat(Test.class.getPackage().getImplementationVersion())
                .as("junit-jupiter-api")
                .isEqualTo(expected);
        assertThat(versionOf("org.junit.jupiter.engine.JupiterTestEngine"))
                .as("junit-jupiter-engine")
                .isEqualTo(expected);
        // The platform was 1.x while Jupiter was 5.x; since 6 they share one number.
        String platform = expected.startsWith("5.") ? "1" + expected.substring(1) : expected;
        assertThat(versionOf("org.junit.platform.launcher.Launcher"))
                .as("junit-platform-launcher")
                .isEqualTo(platform);
        assertThat(versionOf("org.junit.platform.testkit.engine.EngineTestKit"))
                .as("junit-platform-testkit")
                .isEqualTo(platform);
    }

    private static String versionOf(String className) throws ClassNotFoundException {
        return Class.forName(className).getPackage().getImplementationVersion();
    }
}

package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fields and parameters get. */
class InjectionTest {

    @BeforeEach
    void forget() {
        Seen.SERVERS.clear();
    }

    @Test
    void isIdentifiedByTheType() {
        Run.of("Injected", "InjectedUnix").passed(2);
    }

    @Test
    void needsNoAnnotationWhereOneServerApplies() {
        Run run = Run.of("WithoutAnnotations");

        assertThat(run.failures()).isEmpty();
    }

    @Test
    void fixtureMethodsHaveParametersToo() {
        assertThat(Run.of("OnFixtureParameters").failures()).isEmpty();

        assertThat(Seen.SERVERS).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void setupSpecSeesTheServersOfSharedFields() {
        Run.of("SharedForSetupSpec").passed(1);
    }
}

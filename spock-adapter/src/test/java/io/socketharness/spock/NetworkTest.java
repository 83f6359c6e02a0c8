package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Network conditions of servers that are declared by annotations. */
class NetworkTest {

    @Test
    void losesTheDatagramsOfAClient() {
        Run.of("LosesDatagrams").passed(1);
    }

    @Test
    void refusesWrongConditionWithItsPlace() {
        assertThat(Run.of("WrongConditions").message("word"))
                .startsWith("@SocketServer on feature [word]: network: ")
                .contains("did you mean drop?");
    }

    @Test
    void theFailureNamesTheSeed() {
        assertThat(Run.of("SeededFailure").message("fails")).contains(" (seed 7)");
    }
}

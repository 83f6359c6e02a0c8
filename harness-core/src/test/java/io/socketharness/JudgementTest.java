package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.script.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class JudgementTest {

    private final Judgement judgement = new Judgement();

    private static ServerSpec owing(String name) {
        return ServerSpec.builder("tcp")
                .name(name)
                .timeout(Duration.ofMillis(20))
                .script(Script.parse("C: PING"))
                .build();
    }

    @Test
    void findsNothingWhereAllIsWell() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            judgement.verify(server);
            judgement.verifySoFar(server);
        }
        assertThat(judgement.failure()).isEmpty();
    }

    @Test
    void tellsTheFirstFailureWithThoseOfTheOthersSuppressed() {
        try (FakeServer first = FakeServer.start(owing("first"));
                FakeServer second = FakeServer.start("tcp:");
                FakeServer third = FakeServer.start(owing("third"))) {
            judgement.verify(first);
            judgement.verify(second);
            judgement.verify(third);
        }
        AssertionError failure = judgement.failure().orElseThrow();
        assertThat(failure).hasMessageContaining("[first]: no connection ran this script");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("[third]: no connection ran this script");
    }

    @Test
    void looksOnlyAtWhatWentWrongWhereAServerLivesOn() {
        try (FakeServer server = FakeServer.start(owing("server"))) {
            judgement.verifySoFar(server);
        }
        assertThat(judgement.failure()).isEmpty();
    }

    @Test
    void tellsWhatWasOwedWhereTheTestHasFailed() {
        try (FakeServer server = FakeServer.start(owing("server"))) {
            judgement.verifyCutShort(server);
        }
        assertThat(judgement.failure().orElseThrow())
                .hasMessageContaining(
                        "[server]: no connection ran this script, before the test failed, and it is not optional");
    }

    @Test
    void knowsWhatIsNoFailure() {
        assertThat(Judgement.isAbort(new TestAbortedException())).isTrue();
        assertThat(Judgement.isAbort(new TestAbortedException() {
                    private static final long serialVersionUID = 1;
                }))
                .isTrue();
        assertThat(Judgement.isAbort(new IllegalStateException())).isFalse();
        assertThat(Judgement.isAbort(null)).isFalse();
    }

    @Test
    void passesOverAServerThatIsNotStrict() {
        try (FakeServer server =
                FakeServer.start(owing("server").toBuilder().strict(false).build())) {
            judgement.verify(server);
            judgement.verifySoFar(server);
        }
        assertThat(judgement.failure()).isEmpty();
    }
}

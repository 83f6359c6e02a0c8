package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SignalTest {

    @Test
    @Timeout(30)
    void aWaitEndsThoughChangesComeFasterThanItsConditionIsTried() {
        Recorder recorder = new Recorder("tcp://test", 1000, Duration.ofMinutes(1));

        boolean came = recorder.recording()
                .await(
                        recording -> {
                            recorder.changed();
                            return false;
                        },
                        Duration.ofMillis(20));

        assertThat(came).isFalse();
    }
}

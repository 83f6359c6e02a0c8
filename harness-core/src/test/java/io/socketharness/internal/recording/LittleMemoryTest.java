package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LittleMemoryTest {

    @ParameterizedTest
    @CsvSource({"round trips, 24m", "datagrams, 24m", "datagrams of nobody, 24m", "a full recording, 64m"})
    void isEnough(String what, String heap) throws Exception {
        assertThat(ChildJvm.run(
                        FullWithLittleMemory.class,
                        ChildJvm.CLASS_PATH,
                        List.of("-Xmx" + heap, "-XX:+UseSerialGC"),
                        List.of(what)))
                .isEqualToIgnoringNewLines("done");
    }
}

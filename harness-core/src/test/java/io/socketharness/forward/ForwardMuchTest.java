package io.socketharness.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import org.junit.jupiter.api.Test;

/** More data than memory passes: the recording has a limit, and nothing else keeps data. */
class ForwardMuchTest {

    @Test
    void aGibibytePassesInASmallHeap() throws Exception {
        assertThat(ChildJvm.run(Gibibyte.class, ChildJvm.CLASS_PATH, "-Xmx64m"))
                .contains("read 1073741824\nread 1073741824\npassed ");
    }
}

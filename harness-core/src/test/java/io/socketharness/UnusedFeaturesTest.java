package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A feature that a server does not use costs nothing: the JVM does not load its classes. */
class UnusedFeaturesTest {

    private static final List<String> FEATURES = List.of(
            "io.socketharness.network.",
            "io.socketharness.internal.network.",
            "io.socketharness.internal.forward.",
            "io.socketharness.internal.tape.",
            "io.socketharness.internal.capture.",
            "io.socketharness.internal.script.engine.ChooseScript",
            "io.socketharness.Tape",
            "io.socketharness.internal.tls.TlsChannel",
            "io.socketharness.internal.tls.BouncyCastle",
            "io.socketharness.assertj.");

    @Test
    void theirClassesAreNotLoaded() throws Exception {
        String loaded = ChildJvm.run(PlainServer.class, ChildJvm.CLASS_PATH, "-Xlog:class+load");

        assertThat(loaded).contains("answered").contains("io.socketharness.FakeServer ");
        assertThat(loaded.lines()
                        .filter(line -> FEATURES.stream().anyMatch(line::contains))
                        .collect(Collectors.joining("\n")))
                .isEmpty();
    }
}

package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.spi.ServerOptions;
import java.time.Duration;
import java.util.List;

/** Reads durations as the options of servers do. */
final class Durations {

    private Durations() {}

    static Duration parse(String option, String text) {
        try {
            var builder = ServerSpec.builder("tcp");
            ServerOptions.set(builder, "timeout", List.of(text));
            return builder.build().timeout();
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(option + String.valueOf(wrong.getMessage()).replaceFirst("^timeout", ""));
        }
    }
}

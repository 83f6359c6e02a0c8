package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A server to start.
 *
 * @param name in messages and variables; empty if there is only one and it has none
 * @param spec its specification
 * @param script the file of its script, to be read again when it changes; empty for none
 * @param reload reads that script
 */
record PlannedServer(String name, ServerSpec spec, Optional<Path> script, Callable<Script> reload) {

    /** A server whose script does not change. */
    static PlannedServer of(ServerSpec spec) {
        return new PlannedServer(spec.name().orElse(""), spec, Optional.empty(), () -> {
            throw new IllegalStateException("no script");
        });
    }
}

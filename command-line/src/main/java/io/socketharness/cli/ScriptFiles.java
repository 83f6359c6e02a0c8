package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.script.Variables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads scripts and tapes, and builds the specifications of servers with them. */
final class ScriptFiles {

    private static final String TAPE = ".tape";

    private ScriptFiles() {}

    static boolean isTape(Path file) {
        return file.toString().endsWith(TAPE);
    }

    static Script script(Path file, Map<String, String> variables) {
        if (isTape(file)) {
            throw new UsageException(
                    file + ": is a tape, where a script is allowed; socket-harness replay " + file + " serves it");
        }
        return Problems.reading(file, () -> {
            Variables known = Variables.none();
            for (Map.Entry<String, String> one : variables.entrySet()) {
                known = known.with(one.getKey(), one.getValue());
            }
            return Script.read(file, known);
        });
    }

    static Tape tape(Path file, List<String> masks) {
        return Problems.reading(file, () -> {
            Tape tape = Tape.read(file);
            for (String mask : masks) {
                tape = tape.mask(mask);
            }
            return tape;
        });
    }

    /** A server with a script for all connections. */
    static PlannedServer planned(ServerSpecBuilder builder, Path file, Map<String, String> variables) {
        ServerSpec spec = built(() -> builder.script(script(file, variables)).build(), file);
        return new PlannedServer(spec.name().orElse(""), spec, Optional.of(file), () -> script(file, variables));
    }

    /** Builds a specification whose refusals are about a file. */
    static ServerSpec built(Supplier<ServerSpec> build, Path file) {
        return Options.checked(file + ": ", build);
    }
}

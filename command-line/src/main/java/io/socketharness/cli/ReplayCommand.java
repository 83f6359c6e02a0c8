package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.Tape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a tape. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Run a server that replays a tape: each of its connections serves one connection.",
        modelTransformer = WithServerOptions.class,
        customSynopsis = "socket-harness replay [OPTIONS] TAPE [-- COMMAND...]",
        footer = {"", "Example:", "  socket-harness replay redis.tape --port 7000 -- redis-cli -p 7000 ping"})
final class ReplayCommand extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "TAPE", description = "Tape to replay.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--mask",
            paramLabel = "REGEX",
            description = "Part of the client's messages that may differ; may be repeated.")
    private final List<String> masks = new ArrayList<>();

    ReplayCommand(Console console, Client client) {
        super(console, client);
    }

    @Override
    public Integer call() {
        Tape tape = ScriptFiles.tape(file, masks);
        Map<String, List<String>> values =
                ServerArguments.values(spec.commandLine().getParseResult());
        ServerSpecBuilder builder = ServeCommand.builder(values, client());
        ServerSpec server = ScriptFiles.built(() -> builder.tape(tape).build(), file);
        return new Session(console(), client(), output, false, Session.Completion.NONE)
                .run(List.of(PlannedServer.of(server)));
    }
}

package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.spi.TapeRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records a real server on a tape. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Forward connections to a real server, and write what passes on a tape at the end.",
        modelTransformer = WithServerOptions.class,
        customSynopsis = "socket-harness record --to URL [OPTIONS] TAPE [-- COMMAND...]",
        footer = {
            "",
            "Example:",
            "  socket-harness record --to tcp://localhost:6379 redis.tape --port 7000 -- redis-cli -p 7000 ping"
        })
final class RecordCommand extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "TAPE", description = "File to write.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description =
                    "Address of the real server, such as tcp://localhost:25 or \"tcp://localhost:25 starttls smtp\".")
    @SuppressWarnings("NullAway.Init")
    private String realServer;

    @Option(
            names = "--mask",
            paramLabel = "REGEX",
            description = "Part of the client's messages that may differ in a replay; may be repeated.")
    private final List<String> masks = new ArrayList<>();

    @Option(names = "--force", description = "Replace the tape if it exists.")
    private boolean force;

    RecordCommand(Console console, Client client) {
        super(console, client);
    }

    @Override
    public Integer call() {
        Tape before = before();
        checkMasks();
        Map<String, List<String>> values =
                ServerArguments.values(spec.commandLine().getParseResult());
        ServerSpec server = Options.built(Options.checked(
                "--to: ", () -> ServeCommand.builder(values, client()).forwardTo(realServer)));
        Session.Completion write = servers -> write(servers, before);
        return new Session(console(), client(), output, false, write).run(List.of(PlannedServer.of(server)));
    }

    private @Nullable Tape before() {
        if (!Files.exists(file)) {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null && !Files.isDirectory(directory)) {
                throw new UsageException(file + ": the directory " + directory + " does not exist");
            }
            if (directory != null && !Files.isWritable(directory)) {
                throw new UsageException(file + ": the directory " + directory + " is not writable");
            }
            return null;
        }
        if (!force) {
            throw new UsageException(file + " exists; --force replaces it");
        }
        return ScriptFiles.tape(file, List.of());
    }

    private void checkMasks() {
        for (String mask : masks) {
            Options.checked("--mask: ", () -> Tape.parse("").mask(mask));
        }
    }

    private void write(RunningServers servers, @Nullable Tape before) throws IOException {
        RunningServer server = servers.get(0);
        if (server.server().recording().exchanges().isEmpty()) {
            throw new IllegalStateException("no client connected: " + file + " was not written");
        }
        if (!server.failures().isEmpty()) {
            throw new IllegalStateException(file + " was not written, because of the failure");
        }
        String comment = "Recorded from " + realServer + ". To record it again: socket-harness record --force --to \""
                + realServer + "\" " + file.getFileName();
        new TapeRecorder(server.server(), file, before, masks, comment).record();
    }
}

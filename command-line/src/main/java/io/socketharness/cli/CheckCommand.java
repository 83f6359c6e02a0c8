package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks files without running a server. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check the syntax of scripts, tapes (*.tape) and files with servers (*.yaml).",
        customSynopsis = "socket-harness check [OPTIONS] FILE...",
        footer = {"", "Example:", "  socket-harness check smtp.script redis.tape servers.yaml"})
final class CheckCommand extends Verb {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to check.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "Transport whose limits apply to the scripts; tcp unless set.")
    private String transport = "tcp";

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            description = "Variable of the scripts, for $${NAME}; may be repeated.")
    private final Map<String, String> variables = new LinkedHashMap<>();

    CheckCommand(Console console, Client client) {
        super(console, client);
    }

    @Override
    public Integer call() {
        requireNoClient("check");
        Options.builder(Map.of(ServerOption.TRANSPORT, List.of(transport)));
        int code = ExitCode.SUCCESS;
        for (Path file : files) {
            try {
                console().out().println(TerminalText.of(file + ": ok, " + checked(file)));
            } catch (UsageException wrong) {
                console().message(wrong.getMessage());
                code = ExitCode.USAGE;
            }
        }
        return code;
    }

    private String checked(Path file) {
        if (ServerFile.isOne(file)) {
            return Totals.count(ServerFile.read(file, false, variables).size(), "server");
        }
        if (ScriptFiles.isTape(file)) {
            Tape tape = ScriptFiles.tape(file, List.of());
            return Totals.count(tape.size(), "connection");
        }
        Script script = ScriptFiles.script(file, variables);
        ScriptFiles.built(() -> ServerSpec.builder(transport).script(script).build(), file);
        return Totals.count(script.steps().size(), "step");
    }
}

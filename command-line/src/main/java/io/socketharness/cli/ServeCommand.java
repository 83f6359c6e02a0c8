package io.socketharness.cli;

import io.socketharness.ServerSpecBuilder;
import io.socketharness.script.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs servers with scripts. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Run a server with a script, or the servers of a YAML file, until Ctrl-C or until a command ends.",
        modelTransformer = WithServerOptions.class,
        customSynopsis = "socket-harness serve [OPTIONS] [SCRIPT | SERVERS.yaml] [-- COMMAND...]",
        footer = {
            "",
            "A command gets SOCKET_HARNESS_HOST, _PORT, _URL, _PATH and _CA in its environment. Its streams are those of"
                    + " the program, whose own output is then on the standard error.",
            "",
            "Without a command, SOCKET_HARNESS_DEFAULT_HOST in the environment of the program is the host of servers that"
                    + " have none.",
            "",
            "Examples:",
            "  socket-harness serve smtp.script --port 2525",
            "  socket-harness serve smtp.script -- sh -c 'nc $SOCKET_HARNESS_HOST $SOCKET_HARNESS_PORT'"
        })
final class ServeCommand extends Verb {

    /** For people, who type more slowly than programs. */
    static final Duration TIMEOUT_BY_HAND = Duration.ofMinutes(10);

    /** The variable with the host of servers that have none. An image sets it: its clients are outside. */
    private static final String DEFAULT_HOST = "SOCKET_HARNESS_DEFAULT_HOST";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCRIPT",
            description = "Script for every connection, or a YAML file with several servers. Without it, the server"
                    + " accepts and shows everything.")
    private @Nullable Path script;

    @Option(
            names = "--scripts",
            paramLabel = "FILE",
            description = "Script for one connection, in the order of acceptance, before SCRIPT; may be repeated.")
    private final List<Path> scripts = new ArrayList<>();

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            description = "Variable of the scripts, for $${NAME}; may be repeated.")
    private final Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--forward-to",
            paramLabel = "URL",
            description = "Real server to which connections are forwarded, in place of a script.")
    private @Nullable String forwardTo;

    @Option(names = "--watch", description = "Read changed scripts again, for later connections.")
    private boolean watch;

    ServeCommand(Console console, Client client) {
        super(console, client);
    }

    @Override
    public Integer call() {
        if (watch && script == null) {
            throw new UsageException("--watch needs a script to watch");
        }
        return new Session(console(), client(), output, watch, Session.Completion.NONE).run(plans());
    }

    private List<PlannedServer> plans() {
        Map<String, List<String>> values =
                ServerArguments.values(spec.commandLine().getParseResult());
        Path file = script;
        if (file != null && ServerFile.isOne(file)) {
            if (!values.isEmpty() || !scripts.isEmpty() || forwardTo != null) {
                throw new UsageException(file + " has the options of its servers; found "
                        + (values.isEmpty() ? scripts.isEmpty() ? "--forward-to" : "--scripts" : option(values))
                        + " on the command line, too");
            }
            return ServerFile.read(file, client().isPresent(), variables);
        }
        ServerSpecBuilder builder = builder(values, client());
        if (!scripts.isEmpty()) {
            List<Script> each = scripts.stream()
                    .map(one -> ScriptFiles.script(one, variables))
                    .toList();
            builder.scripts(each);
        }
        if (file != null && forwardTo != null) {
            throw new UsageException("found SCRIPT and --forward-to; one of them is allowed");
        }
        if (file != null) {
            return List.of(ScriptFiles.planned(builder, file, variables));
        }
        String realServer = forwardTo;
        if (realServer != null) {
            Options.checked("--forward-to: ", () -> builder.forwardTo(realServer));
        }
        return List.of(PlannedServer.of(Options.built(builder)));
    }

    private static String option(Map<String, List<String>> values) {
        String name = values.keySet().iterator().next();
        return ServerOption.ALL.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow()
                .option();
    }

    /** A builder for a server that a person or a command uses. */
    static ServerSpecBuilder builder(Map<String, List<String>> values, Client client) {
        // the program reports the failures itself
        ServerSpecBuilder builder = Options.builder(values).strict(false);
        if (!client.isPresent()) {
            withoutClient(builder, values);
        }
        return builder;
    }

    /** Sets what is useful for clients that the program does not start itself. */
    static void withoutClient(ServerSpecBuilder builder, Map<String, List<String>> values) {
        builder.optional(true);
        if (!values.containsKey("timeout")) {
            builder.timeout(TIMEOUT_BY_HAND);
        }
        String host = System.getenv(DEFAULT_HOST);
        boolean isUnix = List.of("unix", "udg")
                .contains(values.getOrDefault(ServerOption.TRANSPORT, List.of("tcp"))
                        .get(0));
        if (host != null && !isUnix && !values.containsKey("host")) {
            Options.checked(DEFAULT_HOST + ": ", () -> builder.host(host));
        }
    }
}

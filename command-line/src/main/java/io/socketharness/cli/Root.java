package io.socketharness.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a verb. */
@Command(
        name = "socket-harness",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Fake network servers with scripted behaviour: TCP, UDP, TLS, DTLS and Unix sockets.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            ShowCommand.class,
            SweepCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {
            "",
            "Exit codes: 0 success; 1 the server's side failed; 2 wrong usage; otherwise that of the client's command,"
                    + " with 3 in place of 1 and 2.",
            "",
            "Example:",
            "  socket-harness serve smtp.script --port 2525"
        })
final class Root implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no verb; one of serve, check, record, replay, show and sweep is needed");
    }
}

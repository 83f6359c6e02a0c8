package io.socketharness.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** The program {@code socket-harness}. */
public final class Main {

    private Main() {}

    /**
     * Runs the program, and ends the JVM with its exit code.
     *
     * @param arguments a verb, its options and parameters; after {@code --} a command that is run as the client
     */
    public static void main(String[] arguments) {
        Console console = new Console(System.out, System.err, Ansi.ofSystem());
        int code = run(console, arguments);
        // such as a full disk
        if (System.out.checkError() && code == ExitCode.SUCCESS) {
            console.message("cannot write to the standard output");
            code = ExitCode.FAILURE;
        }
        // threads of a server may still run
        System.exit(code);
    }

    static int run(Console console, String... arguments) {
        int end = Arrays.asList(arguments).indexOf("--");
        List<String> client = end < 0 ? List.of() : List.of(arguments).subList(end + 1, arguments.length);
        String[] own = end < 0 ? arguments : Arrays.copyOf(arguments, end);
        if (end >= 0 && client.isEmpty()) {
            console.message("no command after --; write the command that runs the client, such as -- curl");
            return ExitCode.USAGE;
        }
        return commandLine(console, new Client(client)).execute(own);
    }

    /** For tests and for the script of the shell completion. */
    static CommandLine commandLine(Console console, Client client) {
        CommandLine line = new CommandLine(new Root(), new Commands(console, client));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(console.writer());
        line.setErr(console.errorWriter());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.ansi().isOn() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((wrong, given) -> {
            console.message(Problems.inUsage(wrong));
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, result) -> {
            if (failure instanceof UsageException wrong) {
                console.message(wrong.getMessage());
                return ExitCode.USAGE;
            }
            failure.printStackTrace(console.err());
            return ExitCode.INTERNAL;
        });
        return line;
    }
}

package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.sweep.Sweep;
import io.socketharness.sweep.SweepReport;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a command against every single fault of its dialogue. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Run a command once without a fault, and then once for every single fault of its dialogue. Its exit"
                        + " code and its standard output must stay the same.",
        modelTransformer = WithServerOptions.class,
        customSynopsis = "socket-harness sweep [OPTIONS] SCRIPT -- COMMAND...",
        footer = {"", "Example:", "  socket-harness sweep smtp.script --tolerates 75 -- ./send-mail.sh"})
final class SweepCommand extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SCRIPT", description = "Script for every connection, or a tape (*.tape).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            description = "Variable of the script, for $${NAME}; may be repeated.")
    private final Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--tolerates",
            paramLabel = "CODES",
            description = "Exit codes with which the command reports a fault, such as 1,75, or any; none unless set.")
    private String tolerates = "";

    @Option(
            names = "--time-limit",
            paramLabel = "DURATION",
            description = "Time limit of each run; three times the first run plus the timeout unless set.")
    private @Nullable String timeLimit;

    @Option(
            names = "--max-time",
            paramLabel = "DURATION",
            description = "Time after which no more runs begin; 2m unless set.")
    private @Nullable String maxTime;

    @Option(names = "--max", paramLabel = "NUMBER", description = "Maximum number of runs; 500 unless set.")
    private @Nullable Integer max;

    @Option(
            names = "--parallel",
            paramLabel = "NUMBER",
            description = "How many runs happen at the same time; 1 unless set.")
    private @Nullable Integer parallel;

    @Option(
            names = "--once",
            paramLabel = "REGEX",
            description = "Message that the client must not send again when it has arrived; may be repeated.")
    private final List<String> once = new ArrayList<>();

    @Option(
            names = "--mask",
            paramLabel = "REGEX",
            description = "Part of the client's messages that may differ between runs; may be repeated.")
    private final List<String> masks = new ArrayList<>();

    @Option(
            names = "--output-mask",
            paramLabel = "REGEX",
            description = "Part of the command's output that may differ between runs; may be repeated.")
    private final List<String> outputMasks = new ArrayList<>();

    @Option(names = "--last-reply-needed", description = "The last message of the server is needed, too.")
    private boolean lastReplyNeeded;

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "File of known weaknesses, which do not fail the sweep.")
    private @Nullable Path known;

    @Option(names = "--only", paramLabel = "FAULT", description = "Run only this fault, by its name in the report.")
    private @Nullable String only;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "File for the report as an HTML page; replaced if it exists.")
    private @Nullable Path html;

    SweepCommand(Console console, Client client) {
        super(console, client);
    }

    @Override
    public Integer call() {
        if (!client().isPresent()) {
            throw new UsageException("sweep needs a command after --, such as -- ./send-mail.sh");
        }
        OutputFile.check(html, OutputFile.Kind.HTML);
        CommandTest test = new CommandTest(client(), ToleratedCodes.parse(tolerates), patterns(outputMasks));
        Sweep sweep = sweep().onRun(new SweepProgress(console()));
        SweepReport report;
        try {
            report = sweep.run(test);
        } catch (AssertionError notSwept) {
            if (notSwept.getCause() instanceof UsageException wrong) {
                throw wrong;
            }
            console().message(CommandWords.of(String.valueOf(notSwept.getMessage())));
            return ExitCode.FAILURE;
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()));
        }
        if (html != null) {
            write(report, html);
        }
        return show(report);
    }

    private int show(SweepReport report) {
        if (report.runs().isEmpty()) {
            console().message("no fault was planned: the command did not exchange a message with the server");
            return ExitCode.FAILURE;
        }
        console().out().println(TerminalText.of(CommandWords.of(report.toString())));
        try {
            report.verify();
            return ExitCode.SUCCESS;
        } catch (AssertionError failed) {
            report.failures().forEach(this::show);
            report.outdated().forEach(line -> console().message("this known weakness is gone: " + line));
            if (tolerates.isEmpty() && report.counts().containsKey(Verdict.WRONG_EXCEPTION)) {
                console()
                        .message("no exit code is tolerated; if the command reports faults with one, add it, such as"
                                + " --tolerates 75");
            }
            return ExitCode.FAILURE;
        }
    }

    private void show(SweepRun run) {
        String verdict = console().ansi().paint(Ansi.Colour.RED, run.verdict().toString());
        String only = "to run it alone: --only '" + run.name().replace("'", "'\\''") + "'";
        console()
                .out()
                .println("\n" + verdict + " "
                        + TerminalText.of(run.name() + "\n"
                                + (reason(run) + "\n" + only).indent(2).stripTrailing()));
    }

    /** Without the stack of the thread that waits for the command. */
    private static String reason(SweepRun run) {
        int stack = run.reason().indexOf("\nThe test was at\n");
        return CommandWords.of(stack < 0 ? run.reason() : run.reason().substring(0, stack));
    }

    private static void write(SweepReport report, Path page) {
        try {
            report.writeHtml(page);
        } catch (IOException unwritable) {
            throw new UsageException(Problems.unusable(page, unwritable));
        }
    }

    @SuppressWarnings("unchecked")
    private Sweep sweep() {
        Sweep sweep = Sweep.of(server()).tolerating(CommandTest.ToleratedExit.class);
        try {
            sweep = timeLimit == null ? sweep : sweep.timeLimit(duration("--time-limit", timeLimit));
            sweep = maxTime == null ? sweep : sweep.maxTime(duration("--max-time", maxTime));
            sweep = max == null ? sweep : sweep.max(max);
            sweep = parallel == null ? sweep : sweep.parallel(parallel);
            patterns(once);
            patterns(masks);
            sweep = sweep.once(once.toArray(String[]::new)).mask(masks.toArray(String[]::new));
            sweep = lastReplyNeeded ? sweep.lastReplyNeeded() : sweep;
            sweep = only == null ? sweep : sweep.only(only);
            Sweep checked = sweep;
            Path file = known;
            return file == null ? sweep : Problems.reading(file, () -> checked.known(file));
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()));
        }
    }

    private ServerSpec server() {
        Map<String, List<String>> values =
                ServerArguments.values(spec.commandLine().getParseResult());
        if (ScriptFiles.isTape(file)) {
            return ScriptFiles.built(
                    () -> Options.builder(values)
                            .tape(ScriptFiles.tape(file, List.of()))
                            .build(),
                    file);
        }
        return ScriptFiles.planned(Options.builder(values), file, variables).spec();
    }

    private static Duration duration(String option, String text) {
        return Durations.parse(option, text);
    }

    private static List<Pattern> patterns(List<String> regexes) {
        List<Pattern> patterns = new ArrayList<>();
        for (String regex : regexes) {
            try {
                patterns.add(Pattern.compile(regex));
            } catch (PatternSyntaxException wrong) {
                throw new UsageException("\"" + regex + "\" is not a regular expression: " + wrong.getDescription());
            }
        }
        return patterns;
    }
}

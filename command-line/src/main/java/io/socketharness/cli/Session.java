package io.socketharness.cli;

import io.socketharness.spi.ObservedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Servers from their start to the verdict: until a signal, or until the command of the client has ended. */
final class Session {

    /** Work after the verdict, such as to write a tape. It may throw an {@link AssertionError}. */
    interface Completion {

        Completion NONE = servers -> {};

        void run(RunningServers servers) throws IOException;
    }

    private final Console console;
    private final Client client;
    private final OutputOptions output;
    private final boolean watch;
    private final Completion completion;

    Session(Console given, Client client, OutputOptions output, boolean watch, Completion completion) {
        Console console = output.apply(given);
        this.console = client.isPresent() ? console.onlyMessages() : console;
        this.client = client;
        this.output = output;
        this.watch = watch;
        this.completion = completion;
    }

    /** Runs the servers, and returns the exit code. */
    int run(List<PlannedServer> plans) {
        Signals.install();
        Instant start = Instant.now();
        long origin = System.nanoTime();
        EventQueue events = new EventQueue();
        OutputFile.check(output.readyFile, OutputFile.Kind.READY);
        OutputFile.check(output.caFile, OutputFile.Kind.AUTHORITY);
        OutputFile.check(output.junitXml, OutputFile.Kind.XML);
        deleteReadyFile(); // that of a program which was killed
        try (RunningServers servers = RunningServers.start(plans, origin, events)) {
            Display display = display(start, plans.size() > 1);
            boolean isEndless = !client.isPresent() && completion == Completion.NONE;
            EventThread shown = new EventThread(events, servers, display, console, origin, isEndless);
            // before the ready line, after which a script may change
            ScriptWatch watched = watch ? ScriptWatch.start(servers, console) : ScriptWatch.NONE;
            ready(servers, display);
            shown.start();
            Integer clientCode;
            Map<RunningServer, List<String>> failures;
            try {
                clientCode = serve(servers, watched);
                failures = verify(servers);
            } finally {
                deleteReadyFile();
                shown.end();
            }
            failures.forEach(shown::report);
            int code = finish(servers, clientCode);
            display.ended(code, servers.totals());
            if (!output.quiet && !output.json) {
                console.message(servers.totals().toString());
            }
            return code;
        }
    }

    private Display display(Instant start, boolean isMany) {
        return output.json
                ? new JsonDisplay(console, start)
                : output.quiet ? Display.NONE : new TextDisplay(console, start, isMany);
    }

    private void ready(RunningServers servers, Display display) {
        List<String> lines =
                servers.all().stream().map(RunningServer::readyLine).toList();
        Path caFile = output.caFile;
        if (caFile != null) {
            write(caFile, authorities(servers));
        }
        for (RunningServer server : servers.all()) {
            display.ready(server);
            if (!output.json) {
                console.out().println(server.readyLine());
            }
            if (caFile == null && !client.isPresent() && !output.quiet) {
                server.authority().ifPresent(file -> console.message("clients must trust " + file));
            }
        }
        console.out().flush();
        if (output.readyFile != null) {
            write(output.readyFile, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
        }
    }

    private void deleteReadyFile() {
        Path file = output.readyFile;
        if (file == null || !Files.isRegularFile(file)) {
            return;
        }
        try {
            Files.delete(file);
        } catch (IOException undeletable) {
            throw new UsageException(Problems.unusable(file, undeletable));
        }
    }

    private static String authorities(RunningServers servers) {
        List<Path> files = servers.all().stream()
                .flatMap(server -> server.authority().stream())
                .toList();
        if (files.isEmpty()) {
            throw new UsageException("--ca-file: no server uses TLS");
        }
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(Problems.reading(file, () -> Files.readString(file)));
        }
        return all.toString();
    }

    /** Replaces a file in one move, so that no reader sees a part of it. */
    private static void write(Path file, String text) {
        try {
            OutputFile.write(file, text);
        } catch (IOException unwritable) {
            throw new UsageException(Problems.unusable(file, unwritable));
        }
    }

    /** Returns the exit code of the client; null if there is none. */
    private @Nullable Integer serve(RunningServers servers, ScriptWatch watched) {
        try {
            if (client.isPresent()) {
                return ClientProcess.run(client, ClientEnvironment.of(servers.all()));
            }
            Signals.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            watched.end();
        }
        return null;
    }

    /** Returns the failures. With a client, a step that it did not satisfy is one, as in a test. */
    private Map<RunningServer, List<String>> verify(RunningServers servers) {
        Map<RunningServer, List<String>> failures = new LinkedHashMap<>();
        for (RunningServer server : servers.all()) {
            ObservedServer observed = server.observed();
            boolean isComplete = client.isPresent() && !Signals.isReceived();
            failures.put(server, isComplete ? observed.verify() : observed.failures());
        }
        return failures;
    }

    private int finish(RunningServers servers, @Nullable Integer clientCode) {
        String problem = "";
        try {
            completion.run(servers);
        } catch (IOException | IllegalStateException | AssertionError failed) {
            problem = String.valueOf(failed.getMessage());
            console.message(problem);
        }
        boolean hasFailed = !problem.isEmpty() || servers.totals().failures() > 0;
        int code = hasFailed ? ExitCode.FAILURE : clientCode == null ? ExitCode.SUCCESS : ExitCode.ofClient(clientCode);
        if (output.junitXml != null) {
            write(output.junitXml, JUnitXml.of(results(servers, problem, clientCode)));
        }
        return code;
    }

    private List<JUnitXml.Result> results(RunningServers servers, String problem, @Nullable Integer clientCode) {
        List<JUnitXml.Result> results = new ArrayList<>();
        for (RunningServer server : servers.all()) {
            String name =
                    server.name().isEmpty() ? server.server().spec().transport().toString() : server.name();
            List<String> reports = new ArrayList<>(server.failures());
            if (!problem.isEmpty()) {
                reports.add(problem);
            }
            results.add(new JUnitXml.Result(name, reports));
        }
        if (clientCode != null) {
            List<String> reports =
                    clientCode == 0 ? List.of() : List.of("the command ended with exit code " + clientCode);
            results.add(new JUnitXml.Result(client.toString(), reports));
        }
        return results;
    }
}

package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the sessions of the guide in a directory, with the classes of the module, and on free ports. */
final class GuideShell {

    private final Path directory;
    private final Map<String, String> ports = new LinkedHashMap<>();

    GuideShell(Path directory) throws IOException {
        this.directory = directory;
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path program = bin.resolve("socket-harness");
        Files.writeString(program, "#!/bin/sh\nexec '" + String.join("' '", Cli.command()) + "' \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        for (String port : List.of("2525", "6379")) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                ports.put(":" + port, ":" + free.getLocalPort());
                ports.put(" " + port, " " + free.getLocalPort());
                ports.put("=" + port, "=" + free.getLocalPort());
            }
        }
    }

    /** The time limit of each process, in seconds. */
    private static final long LONGEST = 90;

    Path file(String name) {
        return directory.resolve(name);
    }

    /** The text with ports that are free. */
    String withPorts(String text) {
        String result = text;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            result = result.replace(port.getKey(), port.getValue());
        }
        return result;
    }

    /** Starts a command of the shell. */
    Process start(String command, boolean merged) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", withPorts(command)).directory(directory.toFile());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        builder.environment().remove("NO_COLOR");
        Process process = builder.redirectErrorStream(merged).start();
        // its streams end then, and the test fails
        process.onExit().orTimeout(LONGEST, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return process;
    }

    /** Runs the commands of a session, one after the other, and compares their output. */
    void run(List<String> session) throws Exception {
        int code = 0;
        for (int i = 0; i < session.size(); ) {
            StringBuilder command = new StringBuilder(session.get(i++).substring(2));
            while (i < session.size() && session.get(i).startsWith("> ")) {
                command.append('\n').append(session.get(i++).substring(2));
            }
            List<String> shown = new ArrayList<>();
            while (i < session.size() && !session.get(i).startsWith("$ ")) {
                shown.add(masked(session.get(i++)));
            }
            code = run(code, command.toString(), shown);
        }
    }

    /** The shown lines are those of the output and of the errors, in any mixture. */
    private int run(int codeBefore, String command, List<String> shown) throws Exception {
        Process process = start("(exit " + codeBefore + "); " + command, false);
        process.getOutputStream().close();
        CompletableFuture<String> reading = Cli.read(process.getInputStream());
        CompletableFuture<String> errors = Cli.read(process.getErrorStream());
        int code = Cli.await(process);
        List<String> out = masked(reading.get().lines().toList());
        // a slow machine has more of these
        List<String> err = masked(
                errors.get().lines().filter(line -> !line.contains(" so far, ")).toList());
        if (!isMixture(shown, out, err)) {
            List<String> both = new ArrayList<>(err);
            both.addAll(out);
            assertThat(String.join("\n", both)).as(command).isEqualTo(String.join("\n", shown));
        }
        return code;
    }

    private static boolean isMixture(List<String> all, List<String> first, List<String> second) {
        if (all.isEmpty()) {
            return first.isEmpty() && second.isEmpty();
        }
        String line = all.get(0);
        List<String> rest = all.subList(1, all.size());
        return !first.isEmpty() && first.get(0).equals(line) && isMixture(rest, first.subList(1, first.size()), second)
                || !second.isEmpty()
                        && second.get(0).equals(line)
                        && isMixture(rest, first, second.subList(1, second.size()));
    }

    /** Runs a server until Ctrl-C, and its client, whose input is what the server receives. */
    void run(List<String> server, List<String> client) throws Exception {
        List<String> typed = server.stream()
                .filter(line -> line.contains(" C: "))
                .map(line -> line.replaceFirst(".* C: ", ""))
                .toList();
        Process process = start("exec " + server.get(0).substring(2), true);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> found = new ArrayList<>();
            found.add(output.readLine());
            talk(client, typed);
            while (found.size() < server.size() - 2) {
                found.add(output.readLine());
            }
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            output.lines().forEach(found::add);
            assertThat(masked(found))
                    .isEqualTo(masked(server.subList(1, server.size()).stream()
                            .map(line -> line.replace("^C", ""))
                            .toList()));
            assertThat(Cli.await(process)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private void talk(List<String> session, List<String> typed) throws Exception {
        Process client = start("exec " + session.get(0).substring(2) + " 2>/dev/null", false);
        try (BufferedReader output = client.inputReader(StandardCharsets.UTF_8)) {
            for (String line : session.subList(1, session.size())) {
                if (line.equals("^C")) {
                    break;
                } else if (typed.contains(line)) {
                    client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    client.getOutputStream().flush();
                } else {
                    assertThat(output.readLine()).isEqualTo(line);
                }
            }
            client.getOutputStream().close();
            Cli.await(client);
        } catch (UncheckedIOException broken) {
            throw new AssertionError(session.get(0), broken);
        } finally {
            client.destroyForcibly();
        }
    }

    private static List<String> masked(List<String> lines) {
        return lines.stream().map(GuideShell::masked).toList();
    }

    /** Without times, ports and other numbers that differ in each run. */
    static String masked(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "TIME")
                .replaceAll("(127\\.0\\.0\\.1|localhost):\\d+", "$1:PORT")
                .replaceAll("seed \\d+", "seed SEED")
                .replaceAll(" +\\d+\\.\\d ms", " MS")
                .replaceAll("^(\\d+ faults: ).*", "$1");
    }
}

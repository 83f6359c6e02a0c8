package io.socketharness.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a whole process takes, from its start to its end. JMH measures no such thing.
 *
 * @param wallMillis the time that passes
 * @param cpuMillis the time of all its threads on a processor, in user and in system mode
 */
record ColdProcess(double wallMillis, double cpuMillis) {

    /** Rounds that are not counted: they bring the files of the JDK and the class path into memory. */
    private static final int WARM_UP = 2;
    /** By bash: Java asks for the CPU time of a process only while it is alive, and in steps of 10 ms. */
    private static final String TIMED = "TIMEFORMAT='%3R %3U %3S'; time \"$@\" 2>&1";

    /**
     * Runs a main class by turns for each server.
     *
     * @param main a class of this class path
     * @param servers the first argument of its main method
     * @param others the other arguments
     * @param rounds how often
     * @return what each round took, by the server
     */
    static Map<String, List<ColdProcess>> byTurns(Class<?> main, List<String> servers, List<String> others, int rounds)
            throws IOException, InterruptedException {
        List<String> order = new ArrayList<>(servers);
        Map<String, List<ColdProcess>> taken = new TreeMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (String server : order) {
                ColdProcess process = run(main, server, others);
                if (round >= 0) {
                    taken.computeIfAbsent(server, s -> new ArrayList<>()).add(process);
                }
            }
            Collections.reverse(order);
        }
        return taken;
    }

    /** Compares two of the servers that were run by turns, by one of the numbers of each process. */
    static RoundRatios ratios(
            Map<String, List<ColdProcess>> taken, String ours, String other, Function<ColdProcess, Double> number) {
        return new RoundRatios(numbers(taken, ours, number), numbers(taken, other, number));
    }

    private static List<Double> numbers(
            Map<String, List<ColdProcess>> taken, String server, Function<ColdProcess, Double> number) {
        return taken.getOrDefault(server, List.of()).stream().map(number).toList();
    }

    private static ColdProcess run(Class<?> main, String server, List<String> others)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path", "");
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", TIMED, "bash", java, "-cp", classPath, main.getName(), server));
        command.addAll(others);
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String times = new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (process.waitFor() != 0) {
            throw new IOException("the process with " + server + " ended with " + process.exitValue());
        }
        String[] seconds = times.split(" ");
        return new ColdProcess(
                Double.parseDouble(seconds[0]) * 1e3,
                (Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2])) * 1e3);
    }
}

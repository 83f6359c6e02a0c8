package io.socketharness.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures ours against the others and prints the ratios. A busy machine changes its speed from second to second, so the
 * servers are measured by turns, in one JVM and for a quarter of a second each, and a ratio is taken within each round;
 * the median of many rounds counts, with the quartiles beside it.
 */
public final class Ratios {

    private static final String OURS = "ours";
    private static final String ROW = "%-18s %-14s %10s %10s   %s%n";
    private static final TimeValue TURN = TimeValue.milliseconds(250);
    /** Ten seconds for each: with all processors at work the compiler takes that long, and the longer the more code there is. */
    private static final int WARM_UP = 40;

    /** What is compared: as methods of a class, or as values of its parameter, on so many threads. */
    private record Comparison(String name, Class<?> benchmark, boolean byMethod, int threads, List<String> others) {}

    private static final List<Comparison> ALL = List.of(
            new Comparison("life, us", LifeBenchmark.class, true, 1, List.of("handWritten", "mockWebServer")),
            new Comparison("tcp 1, per s", RateBenchmark.class, false, 1, List.of("handWritten", "mockWebServer")),
            new Comparison("tcp 16, per s", RateBenchmark.class, false, 16, List.of("handWritten", "mockWebServer")),
            new Comparison("tls life, us", TlsLifeBenchmark.class, true, 1, List.of("handWritten")),
            new Comparison("tls 1, per s", TlsRateBenchmark.class, false, 1, List.of("handWritten")),
            new Comparison("tls 16, per s", TlsRateBenchmark.class, false, 16, List.of("handWritten")),
            new Comparison("unix, us", UnixStartBenchmark.class, true, 1, List.of("handWritten", "staged")),
            new Comparison("udp 1, per s", UdpRateBenchmark.class, false, 1, List.of("handWritten")),
            new Comparison("udp 16, per s", UdpRateBenchmark.class, false, 16, List.of("handWritten")),
            new Comparison("forward 1, per s", ForwardBenchmark.class, false, 1, List.of("handWritten")),
            new Comparison("forward 16, per s", ForwardBenchmark.class, false, 16, List.of("handWritten")));

    private Ratios() {}

    /**
     * Runs the comparisons.
     *
     * @param args how many rounds, 40 unless given; then beginnings of the names of those to run, all unless given
     * @throws RunnerException if JMH cannot run a benchmark
     */
    public static void main(String... args) throws RunnerException {
        int rounds = args.length == 0 ? 40 : Integer.parseInt(args[0]);
        List<String> wanted = List.of(args).subList(Math.min(1, args.length), args.length);
        System.out.printf(
                "JDK %s, %d processors, %d rounds%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds);
        System.out.printf(ROW, "", "against", "ours", "other", "ratio (quartiles)");
        for (Comparison comparison : ALL) {
            if (wanted.isEmpty() || wanted.stream().anyMatch(comparison.name()::startsWith)) {
                print(comparison, measure(comparison, rounds));
            }
        }
    }

    private static Map<String, List<Double>> measure(Comparison comparison, int rounds) throws RunnerException {
        List<String> servers = new ArrayList<>(comparison.others());
        servers.add(OURS);
        Map<String, List<Double>> scores = new TreeMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (String server : servers) {
                double score = score(comparison, server);
                if (round >= 0) {
                    scores.computeIfAbsent(server, s -> new ArrayList<>()).add(score);
                }
            }
            Collections.reverse(servers);
        }
        return scores;
    }

    private static double score(Comparison comparison, String server) throws RunnerException {
        String benchmark = comparison.benchmark().getSimpleName();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\b" + benchmark + (comparison.byMethod() ? "\\." + server : "\\.roundTrip") + "$")
                .threads(comparison.threads())
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TURN)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (!comparison.byMethod()) {
            options.param("server", server);
        }
        return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
    }

    private static void print(Comparison comparison, Map<String, List<Double>> scores) {
        List<Double> ours = scores.getOrDefault(OURS, List.of());
        for (String other : comparison.others()) {
            RoundRatios ratios = new RoundRatios(ours, scores.getOrDefault(other, List.of()));
            System.out.printf(ROW, comparison.name(), other, ratios.medianOfOurs(), ratios.medianOfTheirs(), ratios);
        }
    }
}

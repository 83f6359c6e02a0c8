package io.socketharness.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The CPU time of a whole process that starts 1, 50 or 500 servers one after another, each for one exchange, as a test run
 * does: ours, one written by hand and MockWebServer, by turns. Much of it is what the JVM does to load and compile the code.
 */
public final class YoungJvm {

    private static final String OURS = "ours";
    private static final List<String> OTHERS = List.of("handWritten", "mockWebServer");
    private static final List<String> COUNTS = List.of("1", "50", "500");
    private static final String ROW = "%-22s %-14s %10s %10s   %s%n";

    private YoungJvm() {}

    /**
     * Runs the comparisons, or, given the name of a server and a number, so many servers of it.
     *
     * @param args how many rounds, 20 unless given
     * @throws IOException if a process cannot be started, or an exchange fails
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String... args) throws IOException, InterruptedException {
        if (args.length == 2) {
            live(args[0], Integer.parseInt(args[1]));
        } else {
            compare(args.length == 0 ? 20 : Integer.parseInt(args[0]));
        }
    }

    private static void live(String server, int count) throws IOException {
        LifeBenchmark life = new LifeBenchmark();
        for (int i = 0; i < count; i++) {
            int unused = switch (server) {
                case OURS -> life.ours();
                case "handWritten" -> life.handWritten();
                case "mockWebServer" -> life.mockWebServer();
                default ->
                    throw new IllegalArgumentException(
                            "found the server " + server + "; allowed are " + OURS + ", " + String.join(", ", OTHERS));
            };
        }
    }

    private static void compare(int rounds) throws IOException, InterruptedException {
        System.out.printf(
                "JDK %s, %d processors, %d rounds%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds);
        System.out.printf(ROW, "", "against", "ours", "other", "ratio (quartiles)");
        List<String> servers = List.of(OURS, OTHERS.get(0), OTHERS.get(1));
        for (String count : COUNTS) {
            Map<String, List<ColdProcess>> taken = ColdProcess.byTurns(YoungJvm.class, servers, List.of(count), rounds);
            for (String other : OTHERS) {
                RoundRatios ratios = ColdProcess.ratios(taken, OURS, other, ColdProcess::cpuMillis);
                System.out.printf(
                        ROW,
                        "young " + count + ", ms of CPU",
                        other,
                        ratios.medianOfOurs(),
                        ratios.medianOfTheirs(),
                        ratios);
            }
        }
    }
}

package io.socketharness.benchmarks;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.sweep.Sweep;
import io.socketharness.sweep.SweepReport;
import io.socketharness.sweep.SweptTest;
import io.socketharness.sweep.Verdict;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of one run of a fault sweep beside the same client and server without a sweep. The sweep has two runs without
 * a fault and one whose fault is an end that the client notices at once: no run waits for a time limit.
 */
public final class SweepCost {

    private static final String SCRIPT = "C: A\nS: a\nC: B\nS: b\nC: C\nS: c\n";
    private static final String FAULT = "close after \"S: c\" (connection 0)";
    private static final int RUNS = 3;
    /** How many sweeps are measured together. */
    private static final int SWEEPS = 50;

    private static final int WARM_UP = 40;
    private static final double MICRO = 1e3;

    private static final ServerSpec SPEC =
            ServerSpec.builder("tcp").script(Script.parse(SCRIPT)).build();

    private SweepCost() {}

    /**
     * Measures and prints.
     *
     * @param args how many rounds, 40 unless given
     * @throws Exception if an exchange fails
     */
    public static void main(String... args) throws Exception {
        int rounds = args.length == 0 ? 40 : Integer.parseInt(args[0]);
        List<Double> swept = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            double sweep = microseconds(SweepCost::sweep);
            double alone = microseconds(SweepCost::alone);
            if (round >= 0) {
                swept.add(sweep);
                plain.add(alone);
            }
        }
        RoundRatios ratios = new RoundRatios(swept, plain);
        System.out.printf(
                "JDK %s, %d processors, %d rounds%na run of a sweep %d us, without a sweep %d us, ratio %s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                ratios.medianOfOurs(),
                ratios.medianOfTheirs(),
                ratios);
    }

    private interface Work {

        void run() throws Exception;
    }

    /** The time of one run. */
    private static double microseconds(Work work) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < SWEEPS; i++) {
            work.run();
        }
        return (System.nanoTime() - begin) / MICRO / SWEEPS / RUNS;
    }

    private static void sweep() {
        SweptTest client = server -> exchange(server.port());
        SweepReport report =
                Sweep.of(SPEC).tolerating(IOException.class).only(FAULT).run(client);
        if (report.counts().getOrDefault(Verdict.SURVIVED, 0) != 1) {
            throw new IllegalStateException("the client must survive the fault: " + report.counts());
        }
    }

    private static void alone() throws IOException {
        for (int i = 0; i < RUNS; i++) {
            try (FakeServer server = FakeServer.start(SPEC)) {
                exchange(server.port());
                server.verify();
            }
        }
    }

    private static void exchange(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            for (char question = 'A'; question <= 'C'; question++) {
                socket.getOutputStream().write((question + "\r\n").getBytes(StandardCharsets.US_ASCII));
                readLine(socket.getInputStream());
            }
        }
    }

    private static void readLine(InputStream in) throws IOException {
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
        }
    }
}

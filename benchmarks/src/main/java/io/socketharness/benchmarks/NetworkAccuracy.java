package io.socketharness.benchmarks;

import static io.socketharness.network.NetworkConditions.bandwidth;
import static io.socketharness.network.NetworkConditions.latency;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.send;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Behaviour;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How exact network conditions are: the lateness of a latency, on one connection and on a thousand that use it at the
 * same time, and the rate of a bandwidth.
 */
public final class NetworkAccuracy {

    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int TIMES = 200;
    private static final int CONNECTIONS = 1_000;
    private static final int RATE = 500_000;
    private static final int BYTES = 1_000_000;
    private static final double MILLI = 1e6;

    private NetworkAccuracy() {}

    /**
     * Measures and prints.
     *
     * @param args not used
     * @throws IOException if an exchange fails
     */
    public static void main(String... args) throws IOException {
        System.out.printf(
                "JDK %s, %d processors%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        lateness("latency, 1 connection", 1, TIMES);
        lateness("latency, " + CONNECTIONS + " connections", CONNECTIONS, 3);
        rate();
    }

    private static FakeServer start(NetworkCondition condition, Behaviour... steps) {
        return FakeServer.start(
                ServerSpec.builder("tcp").network(condition.toClient()).build(), steps);
    }

    /** Each client sends a byte that comes back, all at once; how much later than the latency it arrives. */
    private static void lateness(String name, int connections, int times) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        List<Double> late = new ArrayList<>();
        try (FakeServer server = start(latency(LATENCY), echo())) {
            for (int i = 0; i < connections; i++) {
                Socket socket = new Socket(server.host(), server.port());
                socket.setTcpNoDelay(true);
                sockets.add(socket);
            }
            for (int time = 0; time < times; time++) {
                long[] sent = new long[connections];
                for (int i = 0; i < connections; i++) {
                    sent[i] = System.nanoTime();
                    sockets.get(i).getOutputStream().write('x');
                }
                for (int i = 0; i < connections; i++) {
                    if (sockets.get(i).getInputStream().read() < 0) {
                        throw new IOException("the connection has ended");
                    }
                    late.add((System.nanoTime() - sent[i] - LATENCY.toNanos()) / MILLI);
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        late.sort(null);
        System.out.printf(
                "%-28s least %.2f ms, median %.2f ms, 90 %% %.2f ms%n",
                name, late.get(0), late.get(late.size() / 2), late.get(late.size() * 9 / 10));
    }

    private static void rate() throws IOException {
        try (FakeServer server = start(bandwidth(RATE), expectLine("go"), send("x".repeat(BYTES)));
                Socket socket = new Socket(server.host(), server.port())) {
            socket.getOutputStream().write("go\n".getBytes(StandardCharsets.US_ASCII));
            long begin = System.nanoTime();
            int received = socket.getInputStream().readNBytes(BYTES).length;
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%-28s %.0f B/s, %.3f of the condition%n",
                    "bandwidth", received / seconds, received / seconds / RATE);
        }
    }
}

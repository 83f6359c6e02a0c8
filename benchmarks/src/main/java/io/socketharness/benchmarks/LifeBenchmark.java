package io.socketharness.benchmarks;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** The life of a server as a test has it: start, one client with one request and one answer, stop. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LifeBenchmark {

    /**
     * A fake server with a script, verified before it is closed.
     *
     * @return what the client received, in bytes
     * @throws IOException if the client cannot do it
     */
    @Benchmark
    public int ours() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"))) {
            int size = exchange(server.port(), LineClient.PING);
            server.verify();
            return size;
        }
    }

    /**
     * A server written by hand.
     *
     * @return what the client received, in bytes
     * @throws IOException if the client cannot do it
     */
    @Benchmark
    public int handWritten() throws IOException {
        try (Server server = new LineServer()) {
            return exchange(server.port(), LineClient.PING);
        }
    }

    /**
     * MockWebServer with one answer.
     *
     * @return what the client received, in bytes
     * @throws IOException if the client cannot do it
     */
    @Benchmark
    public int mockWebServer() throws IOException {
        try (Server server = WebServer.once()) {
            return exchange(server.port(), LineClient.GET);
        }
    }

    private static int exchange(int port, String request) throws IOException {
        try (LineClient client = new LineClient(port, request)) {
            return client.roundTrip();
        }
    }
}

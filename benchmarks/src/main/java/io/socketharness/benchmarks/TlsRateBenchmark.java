package io.socketharness.benchmarks;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.sendLine;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Requests and answers through TLS on connections that stay open, one for each thread of the benchmark. Each iteration
 * has a new server, so that what ours records stays within its limit; handshakes are done before it begins.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TlsRateBenchmark {

    /** The server being measured. */
    @State(Scope.Benchmark)
    public static class Running {

        /** Which one. */
        @Param({"ours", "handWritten"})
        public String server = "";

        private Server running;

        private SSLContext trust;

        /**
         * Starts it.
         *
         * @throws IOException if that fails
         */
        @Setup(Level.Iteration)
        public void start() throws IOException {
            if (server.equals("ours")) {
                FakeServer ours = FakeServers.running("tls:", forever(expectLine("PING"), sendLine("PONG")));
                running = FakeServers.closing(ours);
                trust = ours.tls().clientContext();
            } else {
                FreshTls fresh = FreshTls.make();
                running = new LineServer(fresh.server().getServerSocketFactory());
                trust = fresh.client();
            }
        }

        /**
         * Stops it, once its clients have gone.
         *
         * @throws IOException if that fails
         */
        @TearDown(Level.Iteration)
        public void stop() throws IOException {
            running.close();
        }
    }

    /** The connection of one thread. */
    @State(Scope.Thread)
    public static class Client {

        private LineClient client;

        /**
         * Connects, and has an answer.
         *
         * @param running where to
         * @throws IOException if that fails
         */
        @Setup(Level.Iteration)
        public void connect(Running running) throws IOException {
            client = new LineClient(running.trust.getSocketFactory(), running.running.port(), LineClient.PING);
            client.roundTrip();
        }

        /**
         * Leaves.
         *
         * @throws IOException if that fails
         */
        @TearDown(Level.Iteration)
        public void close() throws IOException {
            client.close();
        }
    }

    /**
     * One request and its answer.
     *
     * @param connection the thread's own
     * @return what the client received, in bytes
     * @throws IOException if the client cannot do it
     */
    @Benchmark
    public int roundTrip(Client connection) throws IOException {
        return connection.client.roundTrip();
    }
}

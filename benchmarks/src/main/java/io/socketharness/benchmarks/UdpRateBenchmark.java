package io.socketharness.benchmarks;

import static io.socketharness.script.Behaviours.echo;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** Datagrams and their echoes, one source for each thread of the benchmark; a new server for each iteration. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class UdpRateBenchmark {

    /** The server being measured. */
    @State(Scope.Benchmark)
    public static class Running {

        /** Which one. */
        @Param({"ours", "handWritten"})
        public String server = "";

        private Server running;

        /**
         * Starts it.
         *
         * @throws IOException if that fails
         */
        @Setup(Level.Iteration)
        public void start() throws IOException {
            running = server.equals("ours") ? FakeServers.start("udp:", echo()) : new DatagramEcho();
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

    /** The socket of one thread. */
    @State(Scope.Thread)
    public static class Client {

        private DatagramClient client;

        /**
         * Opens it.
         *
         * @param running where it sends to
         * @throws IOException if that fails
         */
        @Setup(Level.Iteration)
        public void open(Running running) throws IOException {
            client = new DatagramClient(running.running.port());
        }

        /** Closes it. */
        @TearDown(Level.Iteration)
        public void close() {
            client.close();
        }
    }

    /**
     * One datagram and its echo.
     *
     * @param source the thread's own
     * @return what the client received, in bytes
     * @throws IOException if the client cannot do it
     */
    @Benchmark
    public int roundTrip(Client source) throws IOException {
        return source.client.roundTrip();
    }
}

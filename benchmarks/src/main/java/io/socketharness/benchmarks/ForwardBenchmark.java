package io.socketharness.benchmarks;

import static io.socketharness.script.Behaviours.forwardTo;

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

/** Requests and answers through a forwarder to a server behind it, which is the same for each forwarder. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ForwardBenchmark {

    /** The forwarder being measured. */
    @State(Scope.Benchmark)
    public static class Running {

        /** Which one. */
        @Param({"ours", "handWritten"})
        public String server = "";

        private Server real;
        private Server forwarder;

        /**
         * Starts it and the server behind it.
         *
         * @throws IOException if that fails
         */
        @Setup(Level.Iteration)
        public void start() throws IOException {
            real = new LineServer();
            forwarder = server.equals("ours")
                    ? FakeServers.start("tcp:", forwardTo("tcp://127.0.0.1:" + real.port()))
                    : new LineForwarder(real.port());
        }

        /**
         * Stops both, once the clients have gone.
         *
         * @throws IOException if that fails
         */
        @TearDown(Level.Iteration)
        public void stop() throws IOException {
            forwarder.close();
            real.close();
        }
    }

    /** The connection of one thread. */
    @State(Scope.Thread)
    public static class Client {

        private LineClient client;

        /**
         * Connects.
         *
         * @param running where to
         * @throws IOException if that fails
         */
        @Setup(Level.Iteration)
        public void connect(Running running) throws IOException {
            client = new LineClient(running.forwarder.port(), LineClient.PING);
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

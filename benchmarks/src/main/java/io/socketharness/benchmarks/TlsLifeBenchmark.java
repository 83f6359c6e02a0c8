package io.socketharness.benchmarks;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * The life of a server through TLS: start with a certificate of its own, one client with a full handshake, one request and
 * one answer, stop.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TlsLifeBenchmark {

    /**
     * A fake server with a script, verified before it is closed.
     *
     * @return what the client received, in bytes
     * @throws IOException if the client cannot do it
     */
    @Benchmark
    public int ours() throws IOException {
        try (FakeServer server = FakeServer.start("tls:", expectLine("PING"), sendLine("PONG"))) {
            int size = exchange(server.tls().clientContext(), server.port());
            server.verify();
            return size;
        }
    }

    /**
     * A server written by hand, whose certificate Bouncy Castle makes.
     *
     * @return what the client received, in bytes
     * @throws IOException if the client cannot do it
     */
    @Benchmark
    public int handWritten() throws IOException {
        FreshTls fresh = FreshTls.make();
        try (Server server = new LineServer(fresh.server().getServerSocketFactory())) {
            return exchange(fresh.client(), server.port());
        }
    }

    private static int exchange(SSLContext trust, int port) throws IOException {
        try (LineClient client = new LineClient(trust.getSocketFactory(), port, LineClient.PING)) {
            return client.roundTrip();
        }
    }
}

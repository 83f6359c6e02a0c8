package io.socketharness.benchmarks;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Start and stop of a server on a Unix socket at a given path: without a umask, and with one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UnixStartBenchmark {

    private Path directory;
    private Path path;

    /**
     * Makes a directory for the socket.
     *
     * @throws IOException if it cannot
     */
    @Setup
    public void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("benchmark");
        path = directory.resolve("socket");
    }

    /**
     * Deletes it.
     *
     * @throws IOException if something was left in it
     */
    @TearDown
    public void deleteDirectory() throws IOException {
        Files.delete(directory);
    }

    /** A fake server whose file has the mode that the process's umask leaves. */
    @Benchmark
    public void ours() {
        FakeServer.start("unix:" + path).close();
    }

    /** A fake server whose file has a mode of its own from its first moment. */
    @Benchmark
    public void staged() {
        FakeServer.start("unix:" + path + "?umask=0177").close();
    }

    /**
     * A server written by hand.
     *
     * @throws IOException if it cannot be bound
     */
    @Benchmark
    public void handWritten() throws IOException {
        new UnixSocketServer(path).close();
    }
}

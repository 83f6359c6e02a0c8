package io.socketharness.examples.forward;

import io.socketharness.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real server that runs while the tests of a class run: a program of this machine, on a free port of 127.0.0.1. Where
 * the program is missing the tests are skipped, with {@code -Dinterop=required} they fail.
 */
final class RealServer implements BeforeAllCallback, AfterAllCallback {

    /** Another program may take the free port before the server does. */
    private static final int ATTEMPTS = 3;

    /** How a server is started. */
    @FunctionalInterface
    interface Start {

        /**
         * Returns the command line.
         *
         * @param directory a new directory for the files of the server
         * @param port where it listens
         */
        List<String> command(Path directory, int port) throws Exception;
    }

    private final String property;
    private final String ready;
    private final Start start;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();

    private @Nullable Path directory;
    private @Nullable Process process;
    private int port;

    /**
     * Describes a server.
     *
     * @param property the system property with its port, for scripts
     * @param ready what it prints when it is ready
     * @param start how it is started
     */
    RealServer(String property, String ready, Start start) {
        this.property = property;
        this.ready = ready;
        this.start = start;
    }

    int port() {
        return port;
    }

    /** Its address for {@code forwardTo}. */
    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** A new directory for the files of the server. */
    Path directory() {
        if (directory == null) {
            throw new IllegalStateException("the server is not running");
        }
        return directory;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        for (int attempt = 1; !starts(); attempt++) {
            afterAll(context);
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("the real server did not start; it printed " + output);
            }
        }
        System.setProperty(property, String.valueOf(port));
    }

    private boolean starts() throws Exception {
        directory = Files.createTempDirectory("real-server").toRealPath();
        port = freePort();
        List<String> command = start.command(directory, port);
        Program.require(command.get(0));
        Process started = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process = started;
        CompletableFuture<Boolean> isReady = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(started, isReady), "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        return isReady.completeOnTimeout(false, 60, TimeUnit.SECONDS).get();
    }

    private void read(Process started, CompletableFuture<Boolean> isReady) {
        try (BufferedReader lines = started.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains(ready)) {
                    isReady.complete(true);
                }
            }
        } catch (IOException stopped) {
            // it printed enough
        } finally {
            isReady.complete(false);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        System.clearProperty(property);
        stop();
        if (directory != null) {
            delete(directory);
        }
    }

    /** Ends the server before its tests have ended. */
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
        } catch (UncheckedIOException gone) {
            // a process of the server has removed a file
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}

package io.socketharness.examples.php;

import io.socketharness.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server of PHP's {@code stream_socket_server} in a process of its own. Its first line says where it listens. */
public final class PhpServer implements AutoCloseable {

    private final Process process;
    private final URI uri;

    private PhpServer(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts a program that stands beside this class, and waits until it listens.
     *
     * @param program its name
     * @param arguments its arguments
     */
    public static PhpServer start(String program, Object... arguments) throws Exception {
        Program.require("php");
        List<String> command = new ArrayList<>(Php.command(
                program, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String first = CompletableFuture.supplyAsync(() -> line(process)).get(20, TimeUnit.SECONDS);
            return new PhpServer(process, URI.create(first));
        } catch (ExecutionException | TimeoutException | IllegalArgumentException noAddress) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " does not say where it listens", noAddress);
        }
    }

    private static String line(Process process) {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            String line = output.readLine();
            if (line == null || !line.contains("://")) {
                throw new IllegalArgumentException("it printed " + line);
            }
            return line;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Where it listens, such as {@code tcp://127.0.0.1:41233}. */
    public URI uri() {
        return uri;
    }

    public int port() {
        return uri.getPort();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}

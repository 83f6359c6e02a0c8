package io.socketharness.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The program as a process, whose lines a test waits for. */
final class CliProcess implements AutoCloseable {

    private final Process process;
    private final Lines out;
    private final Lines err;

    private CliProcess(Process process) {
        this.process = process;
        this.out = new Lines(process.inputReader(StandardCharsets.UTF_8));
        this.err =
                new Lines(new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)));
    }

    static CliProcess start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Cli.command(arguments));
        builder.environment().remove("NO_COLOR");
        return new CliProcess(builder.start());
    }

    /** Waits for a line of the standard output. */
    String out(Predicate<String> wanted) throws InterruptedException {
        return out.await(wanted, this);
    }

    /** Waits for a line of the standard error. */
    String err(Predicate<String> wanted) throws InterruptedException {
        return err.await(wanted, this);
    }

    /** The port of its ready line. */
    int readyPort() throws InterruptedException {
        String line = out(one -> one.startsWith("ready "));
        return Integer.parseInt(line.replaceAll(".*:([0-9]+).*", "$1"));
    }

    /** Sends a signal, such as INT. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits for its end. */
    Cli.Result end() throws InterruptedException {
        int code = Cli.await(process);
        out.join();
        err.join();
        return new Cli.Result(code, out.text(), err.text());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "output:\n" + out.text() + "\nerrors:\n" + err.text();
    }

    private static final class Lines {

        private final LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>();
        private final Queue<String> all = new ConcurrentLinkedQueue<>();
        private final Thread reader;

        Lines(BufferedReader source) {
            reader = new Thread(() -> source.lines().forEach(line -> {
                all.add(line + "\n");
                waiting.add(line);
            }));
            reader.setDaemon(true);
            reader.start();
        }

        String await(Predicate<String> wanted, CliProcess process) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (true) {
                String line = waiting.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw new AssertionError("no such line within 60 s; " + process);
                }
                if (wanted.test(line)) {
                    return line;
                }
            }
        }

        String text() {
            return String.join("", all);
        }

        void join() throws InterruptedException {
            reader.join();
        }
    }
}

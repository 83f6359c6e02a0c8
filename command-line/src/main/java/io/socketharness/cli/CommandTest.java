package io.socketharness.cli;

import io.socketharness.FakeServer;
import io.socketharness.sweep.SweptTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A command as the test of a sweep: its exit code and its output must be those of the first run. */
final class CommandTest implements SweptTest {

    /** How much of the standard error a message contains. */
    private static final int MOST = 2_000;

    private final Client client;
    private final ToleratedCodes tolerated;
    private final List<Pattern> outputMasks;
    private @Nullable String expected;

    CommandTest(Client client, ToleratedCodes tolerated, List<Pattern> outputMasks) {
        this.client = client;
        this.tolerated = tolerated;
        this.outputMasks = outputMasks;
    }

    @Override
    public void run(FakeServer server) throws Exception {
        Process process;
        try {
            process = client.process(ClientEnvironment.of(server)).start();
        } catch (IOException notRunnable) {
            throw Client.cannotRun(client.command(), notRunnable);
        }
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output = read(process.getInputStream());
            CompletableFuture<String> errors = read(process.getErrorStream());
            int code = process.waitFor();
            ended(code, masked(output.get()), errors.get());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private synchronized void ended(int code, String output, String errors) throws ToleratedExit, UnexpectedExit {
        if (code != 0) {
            String message = "the command ended with exit code " + code + end(errors);
            if (expected != null && tolerated.contains(code)) {
                throw new ToleratedExit(message);
            }
            throw new UnexpectedExit(message);
        }
        if (expected == null) {
            expected = output;
        } else if (!expected.equals(output)) {
            throw new AssertionError("the output of the command differs: expected\n" + indented(expected)
                    + "\nand found\n" + indented(output));
        }
    }

    private static String end(String errors) {
        String text = errors.strip();
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() <= MOST ? text : "… " + text.substring(text.length() - MOST));
    }

    private static String indented(String text) {
        return text.isEmpty() ? "  (nothing)" : text.strip().indent(2).stripTrailing();
    }

    private String masked(String output) {
        String text = output;
        for (Pattern mask : outputMasks) {
            text = mask.matcher(text).replaceAll("…");
        }
        return text;
    }

    /** A child of the command may hold the stream after the command has ended: it is ended, too. */
    private static CompletableFuture<String> read(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException ended) {
                text.complete("");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return text;
    }

    /** The command reports the fault with an exit code for it. */
    static final class ToleratedExit extends Exception {

        private static final long serialVersionUID = 1;

        ToleratedExit(String message) {
            super(message);
        }
    }

    /** The command ends with another exit code. */
    static final class UnexpectedExit extends Exception {

        private static final long serialVersionUID = 1;

        UnexpectedExit(String message) {
            super(message);
        }
    }
}

package io.socketharness.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine. Where it is missing the test is skipped, with {@code -Dinterop=required} it fails. */
public final class Program {

    private Program() {}

    /**
     * Runs a program to its end, which must come within two minutes.
     *
     * @param input what it reads
     * @param command its name or absolute path, and arguments
     * @return what it printed, both to its output and as errors
     */
    public static String run(String input, String... command) throws Exception {
        require(command[0]);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().readAllBytes();
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        });
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBeforeItRead) {
            // its output tells why
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            Assertions.fail(List.of(command) + " did not end within 120 s");
        }
        return new String(output.get(10, TimeUnit.SECONDS), StandardCharsets.UTF_8);
    }

    /**
     * Sees to it that a program is there.
     *
     * @param name its name or absolute path
     */
    public static void require(String name) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory).resolve(name))) {
                return;
            }
        }
        lack("the program " + name + " is not installed");
    }

    /**
     * Ends a test that this machine has not all for: skips it, with {@code -Dinterop=required} fails it.
     *
     * @param reason what is missing
     */
    public static void lack(String reason) {
        if ("required".equals(System.getProperty("interop"))) {
            Assertions.fail(reason + ", and -Dinterop=required was given");
        }
        Assumptions.abort(reason);
    }
}

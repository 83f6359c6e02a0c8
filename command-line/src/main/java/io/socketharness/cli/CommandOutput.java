package io.socketharness.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A stream of a command, which a thread reads while the command runs. */
final class CommandOutput {

    /** How long the stream may stay open after the command: a process in the background may hold it. */
    private static final long GRACE = 500;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    CommandOutput(InputStream stream) {
        reader = new Thread(() -> read(stream), "socket-harness command output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream) {
        try (stream) {
            stream.transferTo(bytes);
        } catch (IOException ended) {
            // the process was destroyed
        }
    }

    /** Returns the output of a command that has ended. */
    String text() throws InterruptedException {
        reader.join(GRACE);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

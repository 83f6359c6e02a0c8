package io.socketharness.cli;

import io.socketharness.FakeServer;
import io.socketharness.sweep.SweptTest;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A command as the test of a sweep: its exit code and its output must be those of the first run. */
final class CommandTest implements SweptTest {

    /** How much of the standard error a message contains. */
    private static final int MOST = 2_000;

    private final Client client;
    private final ToleratedCodes tolerated;
    private final List<Pattern> outputMasks;
    private final ClientProcesses processes = new ClientProcesses();
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
            process = processes.start(client.process(ClientEnvironment.of(server)));
        } catch (IOException notRunnable) {
            throw Client.cannotRun(client.command(), notRunnable);
        }
        try {
            process.getOutputStream().close();
            CommandOutput output = new CommandOutput(process.getInputStream());
            CommandOutput errors = new CommandOutput(process.getErrorStream());
            int code = process.waitFor();
            ended(code, masked(output.text()), errors.text());
        } finally {
            processes.end(process);
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
            throw new DifferentOutput("the output of the command differs: expected\n" + indented(expected)
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

        @Override
        @SuppressWarnings("OverrideThrowableToString") // the message is complete without the name of the class
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    /** The output of the command is not that of the first run. */
    static final class DifferentOutput extends AssertionError {

        private static final long serialVersionUID = 1;

        DifferentOutput(String message) {
            super(message);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // the message is complete without the name of the class
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}

package io.socketharness.cli;

import io.socketharness.Tape;
import io.socketharness.recording.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a tape in another form. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Show a tape as a dialogue, as a script, as an HTML page, or as a pcapng file for Wireshark.",
        customSynopsis = "socket-harness show TAPE [--as text|script|html|pcapng] [--output FILE]",
        footer = {"", "Example:", "  socket-harness show redis.tape --as html --output redis.html"})
final class ShowCommand extends Verb {

    /** The forms. */
    enum Form {
        TEXT,
        SCRIPT,
        HTML,
        PCAPNG
    }

    @Parameters(index = "0", paramLabel = "TAPE", description = "Tape to show.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description =
                    "text (default): the dialogue; script: the script of a connection; html: a page with a sequence"
                            + " diagram; pcapng: packets for Wireshark.")
    private Form form = Form.TEXT;

    @Option(
            names = "--connection",
            paramLabel = "NUMBER",
            description = "Connection for --as script, from 0; needed if the tape has several.")
    private @Nullable Integer connection;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write; the standard output unless set.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    ShowCommand(Console console, Client client) {
        super(console, client);
    }

    @Override
    public Integer call() {
        requireNoClient("show");
        Tape tape = ScriptFiles.tape(file, List.of());
        if (connection != null && form != Form.SCRIPT) {
            throw new UsageException("--connection is for --as script; the other forms show all connections");
        }
        Path to = output;
        if (to != null && Files.exists(to) && !force) {
            throw new UsageException(to + " exists; --force replaces it");
        }
        if (to == null && form == Form.PCAPNG && Ansi.isTerminal()) {
            throw new UsageException("a pcapng file is not text; write it with --output FILE");
        }
        Path target = to != null ? to : file;
        try {
            byte[] content = content(tape);
            if (to == null) {
                console().out().write(Ansi.isTerminal() ? forTerminal(content) : content);
                // the stream does not throw; it flushes first
                if (console().out().checkError()) {
                    throw new UsageException("the standard output cannot be written completely");
                }
            } else {
                Files.write(to, content);
            }
        } catch (IOException failed) {
            throw new UsageException(Problems.unusable(target, failed));
        }
        return ExitCode.SUCCESS;
    }

    private static byte[] forTerminal(byte[] text) {
        return TerminalText.of(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] content(Tape tape) throws IOException {
        Recording recording = tape.recording();
        return switch (form) {
            case TEXT -> (recording + "\n").getBytes(StandardCharsets.UTF_8);
            case SCRIPT -> script(tape).getBytes(StandardCharsets.UTF_8);
            case HTML -> written(recording::writeHtml);
            case PCAPNG -> written(recording::writePcapng);
        };
    }

    private String script(Tape tape) {
        int number = connection == null ? 0 : connection;
        if (tape.size() == 0) {
            throw new UsageException(file + " has no connection");
        }
        if (connection == null && tape.size() > 1) {
            throw new UsageException(file + " has " + tape.size()
                    + " connections; choose one with --connection, from 0 to " + (tape.size() - 1));
        }
        if (number < 0 || number >= tape.size()) {
            throw new UsageException("--connection is " + number + "; 0 to " + (tape.size() - 1) + " is allowed");
        }
        return tape.connection(number);
    }

    /** Writes a file. */
    private interface Writing {

        void to(Path file) throws IOException;
    }

    private static byte[] written(Writing writing) throws IOException {
        Path temporary = Files.createTempFile("socket-harness", null);
        try {
            writing.to(temporary);
            return Files.readAllBytes(temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

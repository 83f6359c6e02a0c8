package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.tape.TapeDifference;
import io.socketharness.internal.tape.TapeFile;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the tape of a server that forwards to a real server. */
public final class TapeRecorder {

    /** How long a real server may take to end a connection that its client has ended. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final FakeServer server;
    private final Path file;
    private final @Nullable Tape before;
    private final List<String> masks;
    private final String comment;

    /**
     * Creates a recorder.
     *
     * @param server the server, which forwards
     * @param file the file of the tape
     * @param before the tape that the file contains; null if there is none. The difference to it is printed
     * @param masks regular expressions for {@link Tape#mask}
     * @param comment the first lines of the tape, such as the way to record it again
     */
    public TapeRecorder(FakeServer server, Path file, @Nullable Tape before, List<String> masks, String comment) {
        this.server = server;
        this.file = file;
        this.before = before;
        this.masks = masks;
        this.comment = comment;
    }

    /**
     * Writes the tape of the recording so far, and prints a line about it to the standard error. Waits up to 1 s for the
     * ends of connections that the client has ended.
     *
     * @throws IOException if the file cannot be written
     * @throws IllegalStateException if the real server could not be reached, or not all bytes are kept
     * @throws AssertionError if the real server failed, and the server is strict
     */
    public void record() throws IOException {
        prepare().run();
    }

    /** Returns what writes the tape. */
    RunningServer.Writing prepare() {
        Recording recording = server.recording();
        recording.await(all -> all.exchanges().stream().allMatch(TapeRecorder::isSettled), LONGEST_END);
        if (server.spec().isStrict()) {
            // the real server can fail after the client has passed
            server.verifyNoFailures();
        }
        // a server that is not strict hides this, and a replay would repeat it
        Recorder.of(recording).unreachable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        Tape tape = recorded(recording);
        return () -> write(tape);
    }

    private void write(Tape tape) throws IOException {
        Recording recording = server.recording();
        String text = tape.toString();
        TapeDifference difference = before == null ? null : TapeDifference.of(before.toString(), text);
        if (difference == null || !difference.isEmpty()) {
            writeFile(text);
        }
        if (difference != null) {
            // the tape before may have been recorded without redact
            print("recorded " + file + " again, " + Recorder.of(recording).withoutSecrets(difference.toString()));
            if (difference.isEmpty()) {
                return;
            }
        } else {
            print("recorded " + file + ", " + tape.size() + (tape.size() == 1 ? " connection" : " connections"));
        }
        for (String regex : Recorder.of(recording).unmatchedSecrets()) {
            noteUnmatched("redact", regex, tape.size() > 0);
        }
        warnOfSecrets(text);
    }

    /** The messages of the JDK have the name of another file, or none, and some have no reason. */
    private void writeFile(String text) throws IOException {
        try {
            TapeFile.write(file, text);
        } catch (IOException failed) {
            String reason = failed instanceof AccessDeniedException
                    ? "access denied"
                    : failed instanceof FileSystemException named ? named.getReason() : failed.getMessage();
            throw new IOException(file + ": " + (reason == null ? failed.toString() : reason), failed);
        }
    }

    /** A secret may also be where no pattern matches. */
    private void warnOfSecrets(String text) {
        for (int index : Recorder.of(server.recording()).withSecret(text.lines().toList())) {
            print("line " + (index + 1) + " of " + file.getFileName()
                    + " contains a value that redact removed from another line; add a regular expression for it");
        }
    }

    private void noteUnmatched(String option, String regex, boolean isSo) {
        if (isSo) {
            print(option + " \"" + regex + "\" matches nothing in " + file.getFileName());
        }
    }

    private Tape recorded(Recording recording) {
        Tape tape = Tape.of(recording);
        for (String mask : masks) {
            Tape masked = tape.mask(mask);
            noteUnmatched("mask", mask, tape.size() > 0 && masked.equals(tape));
            tape = masked;
        }
        return tape.comment(comment);
    }

    /** The last answer for a client that has left, and the end of the connection, are part of the recording. */
    private static boolean isSettled(Exchange exchange) {
        return !exchange.has(Event.Kind.HALF_CLOSED_BY_CLIENT)
                || exchange.has(Event.Kind.HALF_CLOSED_BY_SERVER)
                || exchange.has(Event.Kind.RESET_BY_CLIENT)
                || exchange.has(Event.Kind.RESET_BY_SERVER)
                || exchange.has(Event.Kind.CLOSED);
    }

    static void print(String line) {
        System.err.println("socket-harness: " + line);
    }
}

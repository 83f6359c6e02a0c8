package io.socketharness;

import io.socketharness.internal.Utf8File;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Secrets;
import io.socketharness.internal.tape.TapeConnection;
import io.socketharness.internal.tape.TapeFile;
import io.socketharness.internal.tape.TapeReader;
import io.socketharness.internal.tape.TapeRecording;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recording as text that a fake server replays: a script for each connection.
 *
 * <pre>
 * {@literal @}connection tcp
 * {@literal @}eol crlf exact
 * C: PING
 * S: +PONG
 * </pre>
 *
 * <p>Each connection begins with a line {@code @connection} and, optionally, the transport that was recorded. The lines
 * below it are a {@link Script}. Lines that begin with {@code #} are comments; a tape notes pauses of at least 1 s.
 * Messages are written as lines of text where they are text, in hex up to 256 bytes, and in base64 beyond that. TLS is
 * not visible, except that {@code @starttls} shows where it begins in the middle of a connection. The address of the
 * recording server is written as <code>${address}</code>, <code>${port}</code> or <code>${path}</code>, so that a replay
 * can have another one.
 *
 * <p>A replay is as strict as any script: every byte of the client counts, including the ends of lines. If every
 * connection of a tape begins with a message of the client, a client gets the connection whose first message it sends:
 * all that it sends before the server answers. Otherwise connections are in the order of acceptance.
 *
 * <p>Tapes are immutable.
 */
public final class Tape {

    private final List<String> head;
    private final List<TapeConnection> connections;
    private final @Nullable Path file;
    /** Parsed when it is first replayed. */
    private volatile @Nullable List<Script> scripts;

    private Tape(List<String> head, List<TapeConnection> connections, @Nullable Path file) {
        this.head = head;
        this.connections = connections;
        this.file = file;
    }

    /**
     * Returns the tape of a recording so far, without what matches the secrets of the server, see
     * {@link ServerSpecBuilder#redact} and {@link #redact}. A secret elsewhere, such as in an answer, needs an expression
     * of its own. Connections without data, such as those of a health check, are not on the tape: a replay accepts any
     * number of them.
     *
     * @param recording the recording of a server, usually of one that forwards to a real server
     * @return the tape
     * @throws IllegalStateException if the limit of the recording was reached, so that not all bytes are kept
     * @throws IllegalArgumentException if the search for a secret does not finish
     */
    public static Tape of(Recording recording) {
        Tape tape = new Tape(List.of("# A recording for socket-harness."), recorded(recording), null);
        List<Pattern> secrets = Recorder.of(recording).secrets().patterns();
        return secrets.isEmpty() ? tape : tape.with(connection -> connection.redact(secrets));
    }

    private static List<TapeConnection> recorded(Recording recording) {
        for (Exchange exchange : recording.exchanges()) {
            if (!exchange.isComplete()) {
                throw new IllegalStateException(recording.title() + ", connection " + exchange.index()
                        + " cannot be replayed: the limit of the recording was reached and not all bytes are kept; set"
                        + " a higher recordingLimit");
            }
        }
        return recording.exchanges().stream()
                .filter(exchange -> !TapeConnection.isProbe(exchange))
                .map(TapeConnection::of)
                .toList();
    }

    /**
     * Reads a tape from a file in UTF-8.
     *
     * @param file the file
     * @return the tape
     * @throws IOException if the file cannot be read, or is not UTF-8
     * @throws ScriptSyntaxException if a line is not valid
     */
    public static Tape read(Path file) throws IOException {
        TapeReader.Content content = TapeReader.read(Utf8File.read(file, "a tape"));
        return new Tape(content.head(), content.connections(), file);
    }

    /**
     * Reads a tape from text.
     *
     * @param text the content of a tape's file
     * @return the tape
     * @throws ScriptSyntaxException if a line is not valid; the message has its number, what was found and what is
     *     allowed
     */
    public static Tape parse(String text) {
        TapeReader.Content content = TapeReader.read(text);
        return new Tape(content.head(), content.connections(), null);
    }

    /**
     * Writes the tape into a file, in UTF-8 with LF. Replaces a file in one move, so that no reader sees a part of it.
     *
     * @param newFile the file; missing directories are created
     * @throws IOException if it cannot be written
     */
    public void write(Path newFile) throws IOException {
        TapeFile.write(newFile, toString());
    }

    /**
     * Returns the number of connections.
     *
     * @return 0 or more
     */
    public int size() {
        return connections.size();
    }

    /**
     * Returns the script of a connection.
     *
     * @param index 0 for the first
     * @return text for {@link Script#parse(String)}
     * @throws IndexOutOfBoundsException if there is no such connection
     */
    public String connection(int index) {
        return connections.get(index).text();
    }

    /**
     * Declares a part of the client's messages that may differ in a replay. Each match in a line becomes this regular
     * expression ({@code C~}). In any other message, in a match of several lines, and in a line that the expression does
     * not match by itself, only the named groups of the match may differ, and outside of lines their sizes must stay the
     * same. Without groups it is the whole match.
     *
     * <p>A named group is a variable. If a later message of the server contains its value, as a word of at least four
     * characters, the variable replaces it: the server sends the value of the replay. Between binary messages the value
     * need not be a word, and a shorter one is replaced if it is at the same position in both messages. If a connection
     * has several values, the variables are called {@code id}, {@code id2} and so on.
     *
     * <p>In a binary message each byte is one character, as in ISO 8859-1: <code>(?s)\A(?&lt;id&gt;..)</code> is the
     * first two bytes of a datagram.
     *
     * @param regex such as <code>(?&lt;date&gt;\d{4}-\d\d-\d\d)</code>; {@code ^} and {@code $} match at the ends of
     *     lines. On datagrams each datagram is matched by itself
     * @return a tape with these parts
     * @throws IllegalArgumentException if it is not a regular expression, or does not finish
     */
    public Tape mask(String regex) {
        Pattern mask = Secrets.pattern("mask", regex);
        return with(connection -> connection.mask(mask));
    }

    /**
     * Removes secrets. In the client's messages any text is accepted in place of a match; outside of lines it must have
     * the same size. In the server's messages asterisks replace each byte of it.
     *
     * @param regex such as {@code PASS (.*)}: if it has groups, only they are secret; {@code ^} and {@code $} match at
     *     the ends of lines
     * @return a tape without the secrets
     * @throws IllegalArgumentException if it is not a regular expression, or does not finish
     */
    public Tape redact(String regex) {
        Pattern secret = Secrets.pattern("redact", regex);
        return with(connection -> connection.redact(List.of(secret)));
    }

    /**
     * Replaces the comment at the start of the tape, such as the way to record it.
     *
     * @param text the comment, without {@code #}
     * @return the tape with this comment
     */
    public Tape comment(String text) {
        return new Tape(text.lines().map(line -> "# " + line).toList(), connections, file);
    }

    /**
     * Returns the recording that the tape shows, to write it as a dialogue, a page or a pcapng file. It has no real times:
     * messages are 1 ms apart, and pauses that the tape notes are in it. In place of a part that may differ, it has the
     * regular expression.
     *
     * @return a recording that has ended
     */
    public Recording recording() {
        return TapeRecording.of(title(), connections);
    }

    private Tape with(UnaryOperator<TapeConnection> change) {
        return new Tape(head, connections.stream().map(change).toList(), file);
    }

    List<Script> scripts() {
        List<Script> known = scripts;
        if (known == null) {
            known = connections.stream().map(TapeConnection::script).toList();
            scripts = known;
        }
        return known;
    }

    /** Why it cannot be replayed over a transport; empty if it can. */
    Optional<String> refusal(Transport transport) {
        return connections.stream()
                .map(connection -> connection.refusal(transport.isDatagrams(), transport.toString()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Returns the name of the tape in messages.
     *
     * @return the name of its file, if it was read from one
     */
    public String title() {
        return file == null ? "the tape" : file.getFileName().toString();
    }

    /** Returns the content of the file, which {@link #parse} reads back to an equal tape. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        head.forEach(line -> out.append(line).append('\n'));
        for (TapeConnection connection : connections) {
            out.append(out.length() == 0 ? "" : "\n")
                    .append((TapeReader.HEADING + " " + connection.transport()).strip())
                    .append('\n')
                    .append(connection.text());
        }
        return out.toString();
    }

    /** Compares the texts. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tape that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}

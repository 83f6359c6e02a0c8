package io.socketharness.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where the program writes: results to the standard output, messages to the standard error.
 *
 * @param out results
 * @param err messages
 * @param ansi whether to use colours
 */
record Console(PrintStream out, PrintStream err, Ansi ansi) {

    Console(PrintStream out, PrintStream err, Ansi ansi) {
        this.out = utf8(out);
        this.err = utf8(err);
        this.ansi = ansi;
    }

    /** Dialogues contain characters beyond ASCII, which the streams of the JVM may not have. */
    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    Console with(Ansi newAnsi) {
        return new Console(out, err, newAnsi);
    }

    /** Both for messages: the standard output belongs to a client. */
    Console onlyMessages() {
        return new Console(err, err, ansi);
    }

    PrintWriter writer() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    PrintWriter errorWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    /** Prints a line at once: threads, and the command of a client, may print to the same stream. */
    void line(String text) {
        out.print(text + "\n");
    }

    /** Prints a message of the program. */
    void message(String text) {
        message("", text);
    }

    /** Prints a message that begins with a red word. */
    void message(String word, String text) {
        String begin = word.isEmpty() ? "" : ansi.paint(Ansi.Colour.RED, word) + " ";
        err.print(ansi.paint(Ansi.Colour.YELLOW, "socket-harness:") + " " + begin + TerminalText.of(text) + "\n");
    }
}

package io.socketharness.script;

import io.socketharness.internal.Utf8File;
import io.socketharness.internal.script.engine.Blocks;
import io.socketharness.internal.script.engine.Runner;
import io.socketharness.internal.script.engine.ScriptConnection;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.parser.Parser;
import io.socketharness.internal.script.text.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of steps for one connection: made from behaviours by {@link #of of}, or read from text by
 * {@link #parse(String) parse}. A script is itself a behaviour.
 *
 * <p>After the last step, the connection stays open until the client closes it, and further input is unexpected.
 * Settings ({@code @eol}, {@code @frame}, {@code @drip}, {@code @within}, {@code @charset}) apply until the end of
 * their block, or of the script.
 *
 * <p>Scripts are immutable. Two scripts are equal if their steps are equal. Steps with code are equal if they have the
 * same code: the same {@link Behaviour} or function.
 *
 * <h2>The text form</h2>
 *
 * <p>Each line is a step. Lines end with LF or CRLF. Blank lines and lines that begin with {@code #} are skipped. White
 * space before and after the marker is skipped too, but white space at the end of a line is kept.
 *
 * <table>
 * <caption>Lines of the text form</caption>
 * <tr><th>line</th><th>meaning</th></tr>
 * <tr><td>{@code S: text}</td><td>the server sends {@code text} and an end of line: CRLF unless {@code @eol} sets
 * another; on datagrams, only {@code text}</td></tr>
 * <tr><td>{@code C: text}</td><td>the client must send exactly this line, ended by CRLF or LF unless
 * {@code @eol … exact} sets one of them; on datagrams, this datagram</td></tr>
 * <tr><td>{@code C~ regex}</td><td>the client's line must match the whole regular expression; its named groups become
 * variables</td></tr>
 * <tr><td>{@code S< text}, {@code C< text}</td><td>the same without an end of line, with the escapes <code>\r \n \t \0
 * \\ \xHH</code></td></tr>
 * <tr><td>{@code S! hex}, {@code C! hex}</td><td>the same in hex, such as <code>00 "text" base64 "iVBORw=="
 * ${name}</code>; in {@code C!}, {@code [2]} and {@code [2 name]} match any two bytes, {@code [*]} and
 * {@code [* name]} the rest of the message. White space and {@code #} start a comment until the end of the line</td></tr>
 * <tr><td>{@code @frame length 1|2|3|4 [little]}, {@code @frame length varint|ber|decimal}, {@code @frame until \0},
 * {@code @frame websocket}, {@code @frame close}, {@code @frame none}</td><td>the framing of the following
 * {@code C< C! S< S! @receive @match}. After a length, {@code after 1} means that it follows the first byte of the
 * message, and {@code plus 4} that it is 4 more than the number of bytes that follow it</td></tr>
 * <tr><td>{@code @receive [name]}, {@code @receive 12 [name]}, <code>@receive ${size} [name]</code></td><td>receives
 * the next message, or 12 bytes, or as many bytes as the variable says in decimal digits, with any content</td></tr>
 * <tr><td>{@code @match … @or … @otherwise … @end}</td><td>runs the first case that matches each message, until the
 * client closes or a case runs {@code @leave}. A case starts with the message that it matches</td></tr>
 * <tr><td>{@code @maybe … @end}, {@code @repeat 3 … @end}, {@code @forever … @end}</td><td>optional steps; steps that
 * run three times; steps that run until the client closes</td></tr>
 * <tr><td>{@code @batch … @end}</td><td>sends the messages of the block as one write: {@code S: S< S! @send}, with
 * {@code @eol @charset @frame} for them</td></tr>
 * <tr><td>{@code @delay 200ms}, {@code @drip 1 10ms}, {@code @within 2s}, {@code @eol lf},
 * {@code @eol crlf exact}, {@code @charset latin1}</td><td>a delay; settings for the sends and receives that follow</td></tr>
 * <tr><td>{@code @close}, {@code @close now}, {@code @half-close}, {@code @reset}, {@code @stall}</td><td>ends of the connection</td></tr>
 * <tr><td>{@code @expect-end}</td><td>expects that the client ends its output (FIN)</td></tr>
 * <tr><td>{@code @starttls}, {@code @starttls tolerant}, {@code @starttls resumed}</td><td>establishes TLS;
 * {@code tolerant} drops unencrypted input before it, {@code resumed} requires that the client resumes a session</td></tr>
 * <tr><td>{@code @tls-hello}, {@code @tls-flight 100}, {@code @tls-alert handshake_failure}, {@code @tls-corrupt},
 * {@code @tls-truncate}</td><td>faults of TLS</td></tr>
 * <tr><td>{@code @websocket}</td><td>accepts the upgrade of HTTP to WebSocket, and sets its framing</td></tr>
 * <tr><td>{@code @new-port}</td><td>continues from a new port (UDP only)</td></tr>
 * <tr><td>{@code @other-port … @end}</td><td>sends from another port (UDP only)</td></tr>
 * <tr><td>{@code @send file}, {@code @broadcast text}</td><td>sends a resource; sends a line to every client</td></tr>
 * <tr><td>{@code @echo}, {@code @discard}, {@code @daytime}, {@code @time}, {@code @chargen}</td><td>the classic
 * services</td></tr>
 * </table>
 *
 * <p>{@link Behaviours} describes each step. Text is used unchanged except for <code>${name}</code>. A name is a
 * captured group or message, {@code host}, {@code port}, {@code address} (both), {@code path}, {@code client.port}, a key of the map given to
 * {@link #parse(String, Map)}, or one of the {@link Variables} given to {@link #parse(String, Variables)}.
 * <code>$${</code> is a plain <code>${</code>. <code>${}</code> is empty; use it before white space at the start of the
 * text. {@code \r\n} in {@code S:} and {@code C:}, or {@code \n} at the end, is refused as a mistake. To send it as
 * text, write <code>${}</code> before the {@code n}.
 */
public final class Script implements Behaviour {

    private final List<Behaviour> steps;

    private Script(List<Behaviour> steps) {
        this.steps = steps;
    }

    /**
     * Returns a script with these steps. A whole script among the steps is replaced by its steps, so its settings also
     * apply to the steps after it. {@code repeat(1, script)} limits them to the script.
     *
     * @param steps any number; a single script is returned unchanged
     * @return the script
     * @throws IllegalArgumentException if a step is null, if two steps are whole scripts (each needs its own
     *     connection), or if a step follows one that does not end
     */
    public static Script of(Behaviour... steps) {
        List<Behaviour> checked = new ArrayList<>();
        int whole = 0;
        for (int i = 0; i < steps.length; i++) {
            Behaviour step = steps[i];
            if (step == null) {
                throw new IllegalArgumentException(
                        "step " + (i + 1) + " is null; a behaviour is needed, such as those of Behaviours");
            }
            if (step instanceof Script && ++whole > 1) {
                throw new IllegalArgumentException("step " + (i + 1) + " is a second whole script in one list, which is"
                        + " one connection's script; call enqueue once for each connection, or join their steps");
            }
            if (i > 0 && Blocks.isEndless(steps[i - 1])) {
                throw new IllegalArgumentException("step " + (i + 1) + " ("
                        + TextForm.lines(step).get(0) + ") can never be reached: the step before it ("
                        + TextForm.lines(steps[i - 1]).get(0) + ") does not end");
            }
            if (!(step instanceof Script script)) {
                checked.add(step);
            } else if (steps.length == 1) {
                return script;
            } else {
                checked.addAll(script.steps);
            }
        }
        return new Script(List.copyOf(checked));
    }

    /**
     * Parses a script in text form.
     *
     * @param text the lines of the script
     * @return the script
     * @throws ScriptSyntaxException if a line is not valid; the message has its number, what was found and what is
     *     allowed
     */
    public static Script parse(String text) {
        return new Parser(text, Map.of(), Resources.of(null)).parse();
    }

    /**
     * Parses a script in text form that refers to variables.
     *
     * @param text the lines of the script
     * @param variables values for <code>${name}</code>, in addition to captured values and the variables of every
     *     connection
     * @return the script
     * @throws ScriptSyntaxException if a line is not valid; the message has its number, what was found and what is
     *     allowed
     */
    public static Script parse(String text, Map<String, String> variables) {
        return parse(text, Variables.of(variables));
    }

    /**
     * Parses a script in text form that refers to variables, such as values that Java code computes.
     *
     * @param text the lines of the script
     * @param variables values for <code>${name}</code>, in addition to captured values and the variables of every
     *     connection
     * @return the script
     * @throws ScriptSyntaxException if a line is not valid; the message has its number, what was found and what is
     *     allowed
     */
    public static Script parse(String text, Variables variables) {
        return new Parser(text, variables.parts(), Resources.of(null)).parse();
    }

    /**
     * Reads a script in text form from a resource in UTF-8.
     *
     * @param anchor the class whose package contains the resource; a name with a leading {@code /} is relative to the
     *     root of the class path. Files that the script sends are found in the same way
     * @param name such as {@code smtp.script}
     * @return the script
     * @throws IllegalArgumentException if there is no such resource
     * @throws ScriptSyntaxException if a line is not valid
     */
    public static Script resource(Class<?> anchor, String name) {
        return resource(anchor, name, Map.of());
    }

    /**
     * Reads a script in text form that refers to variables from a resource in UTF-8.
     *
     * @param anchor the class whose package contains the resource; a name with a leading {@code /} is relative to the
     *     root of the class path. Files that the script sends are found in the same way
     * @param name such as {@code ftp.script}
     * @param variables values for <code>${name}</code>, in addition to captured values and the variables of every
     *     connection
     * @return the script
     * @throws IllegalArgumentException if there is no such resource
     * @throws ScriptSyntaxException if a line is not valid
     */
    public static Script resource(Class<?> anchor, String name, Map<String, String> variables) {
        return resource(anchor, name, Variables.of(variables));
    }

    /**
     * Reads a script in text form from a resource in UTF-8, which refers to variables, such as values that Java code
     * computes.
     *
     * @param anchor the class whose package contains the resource; a name with a leading {@code /} is relative to the
     *     root of the class path. Files that the script sends are found in the same way
     * @param name such as {@code ftp.script}
     * @param variables values for <code>${name}</code>, in addition to captured values and the variables of every
     *     connection
     * @return the script
     * @throws IllegalArgumentException if there is no such resource
     * @throws ScriptSyntaxException if a line is not valid
     */
    public static Script resource(Class<?> anchor, String name, Variables variables) {
        String text = new String(Resources.read(anchor, name), StandardCharsets.UTF_8);
        return new Parser(text, variables.parts(), Resources.of(anchor)).parse();
    }

    /**
     * Parses a script in text form that sends files.
     *
     * @param text the lines of the script
     * @param anchor the class whose package contains the files; null if the script sends none
     * @return the script
     * @throws ScriptSyntaxException if a line is not valid
     */
    public static Script parse(String text, @Nullable Class<?> anchor) {
        return new Parser(text, Map.of(), Resources.of(anchor)).parse();
    }

    /**
     * Reads a script in text form from a file in UTF-8. The files that it sends are in the same directory, or relative to
     * it.
     *
     * @param file such as {@code smtp.script}
     * @return the script
     * @throws IOException if the file cannot be read, or is not UTF-8
     * @throws ScriptSyntaxException if a line is not valid
     */
    public static Script read(Path file) throws IOException {
        return read(file, Variables.none());
    }

    /**
     * Reads a script in text form that refers to variables from a file in UTF-8, as {@link #read(Path)} does.
     *
     * @param file such as {@code smtp.script}
     * @param variables values for <code>${name}</code>, in addition to captured values and the variables of every
     *     connection
     * @return the script
     * @throws IOException if the file cannot be read, or is not UTF-8
     * @throws ScriptSyntaxException if a line is not valid
     */
    public static Script read(Path file, Variables variables) throws IOException {
        return new Parser(Utf8File.read(file, "a script"), variables.parts(), Resources.beside(file)).parse();
    }

    @Override
    public void run(Connection connection) throws Exception {
        new Runner(ScriptConnection.of(connection).nested(), this).finish();
    }

    /**
     * Returns the steps in order.
     *
     * @return an unmodifiable list; it contains the steps of a script that was passed to {@link #of}, not that script
     */
    public List<Behaviour> steps() {
        return steps;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Script that && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    /** Returns the text form. A step with code is shown as {@code @code} and its name, which the parser refuses. */
    @Override
    public String toString() {
        return String.join("\n", TextForm.lines(this)) + (steps.isEmpty() ? "" : "\n");
    }
}

package io.socketharness.script;

import io.socketharness.internal.script.engine.Blocks;
import io.socketharness.internal.script.engine.Runner;
import io.socketharness.internal.script.engine.ScriptConnection;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.parser.Parser;
import io.socketharness.internal.script.text.Resources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Behaviours in order, itself a behaviour: made of Java ones with {@link #of of}, or read from text with
 * {@link #parse(String) parse}.
 *
 * <p>After its last step the connection stays open until the client closes it; what comes then is unexpected. Settings
 * that a step makes ({@code @eol}, {@code @frame}, {@code @drip}, {@code @within}, {@code @charset}) hold to the end of
 * the script, for a block to the end of the block.
 *
 * <p>Scripts are immutable; two are equal if their text is.
 *
 * <h2>The text form</h2>
 *
 * <p>One line a step, ended by LF or CRLF. Blank lines and those that begin with {@code #} are skipped, as is white space
 * before the marker and after it; at the end of a line it is kept.
 *
 * <table>
 * <caption>Lines of the text form</caption>
 * <tr><th>line</th><th>meaning</th></tr>
 * <tr><td>{@code S: text}</td><td>the server sends {@code text} and an end of line, CRLF unless {@code @eol} says
 *     otherwise; on datagrams, {@code text} alone</td></tr>
 * <tr><td>{@code C: text}</td><td>the client must send exactly this line, ended by CRLF or LF; on datagrams, this
 *     datagram</td></tr>
 * <tr><td>{@code C~ regex}</td><td>the client's line must match the whole regular expression; its named groups become
 *     variables</td></tr>
 * <tr><td>{@code S< text}, {@code C< text}</td><td>the same without an end of line, with the escapes <code>\r \n \t \0
 *     \\ \xHH</code></td></tr>
 * <tr><td>{@code S! hex}, {@code C! hex}</td><td>the same in hex, such as <code>00 "text" ${name}</code>; in {@code C!},
 *     {@code [2]} and {@code [2 name]} are two bytes, whatever they are, {@code [*]} and {@code [* name]} the rest of the
 *     message. White space and {@code #} begin a comment, which ends the line</td></tr>
 * <tr><td>{@code @frame length 1|2|3|4 [little]}, {@code @frame length varint|ber|decimal}, {@code @frame until \0},
 *     {@code @frame websocket}, {@code @frame close}, {@code @frame none}</td><td>what bounds the messages of {@code C< C! S< S! @receive @match}
 *     from here on; behind a length, {@code after 1} says that it stands behind the first byte of the message, and
 *     {@code plus 4} that it says 4 more than the bytes behind it</td></tr>
 * <tr><td>{@code @receive [name]}, {@code @receive 12 [name]}</td><td>takes the next message, or 12 bytes, whatever they
 *     are</td></tr>
 * <tr><td>{@code @match … @or … @otherwise … @end}</td><td>tries the cases, each of which begins with the message that it
 *     takes, for every message until the client closes or a case says {@code @leave}</td></tr>
 * <tr><td>{@code @maybe … @end}, {@code @repeat 3 … @end}, {@code @forever … @end}</td><td>may come or not; so many times;
 *     until the client closes</td></tr>
 * <tr><td>{@code @delay 200ms}, {@code @drip 1 10ms}, {@code @within 2s}, {@code @eol lf}, {@code @charset latin1}</td>
 *     <td>time, and how what follows is sent and read</td></tr>
 * <tr><td>{@code @close}, {@code @half-close}, {@code @reset}, {@code @stall}</td><td>ends</td></tr>
 * <tr><td>{@code @starttls}, {@code @starttls tolerant}</td><td>establishes TLS; tolerant of what the client sends in
 *     clear before</td></tr>
 * <tr><td>{@code @tls-hello}, {@code @tls-flight 100}, {@code @tls-alert handshake_failure}, {@code @tls-corrupt},
 *     {@code @tls-truncate}</td><td>what goes wrong with TLS</td></tr>
 * <tr><td>{@code @websocket}</td><td>accepts the upgrade of HTTP to WebSocket, and frames what follows</td></tr>
 * <tr><td>{@code @new-port}</td><td>over UDP, goes on from a port of its own</td></tr>
 * <tr><td>{@code @send file}, {@code @broadcast text}</td><td>sends a resource; a line to every client</td></tr>
 * <tr><td>{@code @echo}, {@code @discard}, {@code @daytime}, {@code @time}, {@code @chargen}</td><td>the classic
 *     services</td></tr>
 * </table>
 *
 * <p>What each does is said in {@link Behaviours}. Text is taken as it is but for <code>${name}</code>: a group or message
 * captured before, {@code host}, {@code port}, {@code path}, {@code client.port}, or a name of the map given to
 * {@link #parse(String, Map)}; <code>$${</code> is a plain <code>${</code>, and <code>${}</code> is nothing, in front of
 * white space that is to be sent. {@code \r\n} in {@code S:} and {@code C:}, or {@code \n} at the end, is refused as a
 * mistake; with <code>${}</code> before the {@code n} it is text.
 */
public final class Script implements Behaviour {

    private final List<Behaviour> steps;

    private Script(List<Behaviour> steps) {
        this.steps = steps;
    }

    /**
     * Puts behaviours in order. A whole script among them stands for its steps: the settings that it makes hold for the
     * steps after it too. {@code repeat(1, script)} keeps them inside.
     *
     * @param steps any number; a single script stands for itself
     * @return the script
     * @throws IllegalArgumentException if one is null, if two are whole scripts (each wants a connection of its own), or if
     *     one stands behind a step that does not end
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
     * Reads a script in text form.
     *
     * @param text its lines
     * @return the script
     * @throws ScriptSyntaxException if a line is none of the text form, with its number, what was found and what is allowed
     */
    public static Script parse(String text) {
        return parse(text, Map.of());
    }

    /**
     * Reads a script in text form whose text refers to variables.
     *
     * @param text its lines
     * @param variables what <code>${name}</code> stands for, besides what the script captures and what every connection
     *     has
     * @return the script
     * @throws ScriptSyntaxException if a line is none of the text form, with its number, what was found and what is allowed
     */
    public static Script parse(String text, Map<String, String> variables) {
        return new Parser(text, variables, null).parse();
    }

    /**
     * Reads a script in text form from a resource, in UTF-8.
     *
     * @param anchor where the name is relative to: its package, or with a leading {@code /} the class path; files that the
     *     script sends are looked up in the same way
     * @param name such as {@code smtp.script}
     * @return the script
     * @throws IllegalArgumentException if there is no such resource
     * @throws ScriptSyntaxException if a line is none of the text form
     */
    public static Script resource(Class<?> anchor, String name) {
        return resource(anchor, name, Map.of());
    }

    /**
     * Reads a script in text form from a resource, in UTF-8, whose text refers to variables.
     *
     * @param anchor where the name is relative to: its package, or with a leading {@code /} the class path; files that the
     *     script sends are looked up in the same way
     * @param name such as {@code ftp.script}
     * @param variables what <code>${name}</code> stands for, besides what the script captures and what every connection
     *     has
     * @return the script
     * @throws IllegalArgumentException if there is no such resource
     * @throws ScriptSyntaxException if a line is none of the text form
     */
    public static Script resource(Class<?> anchor, String name, Map<String, String> variables) {
        String text = new String(Resources.read(anchor, name), StandardCharsets.UTF_8);
        return new Parser(text, variables, anchor).parse();
    }

    /**
     * Reads a script in text form that sends files.
     *
     * @param text its lines
     * @param anchor the class from whose package the files are read
     * @return the script
     * @throws ScriptSyntaxException if a line is none of the text form
     */
    public static Script parse(String text, @Nullable Class<?> anchor) {
        return new Parser(text, Map.of(), anchor).parse();
    }

    @Override
    public void run(Connection connection) throws Exception {
        new Runner(ScriptConnection.of(connection).nested(), this).finish();
    }

    /**
     * The steps in order.
     *
     * @return an unmodifiable list; a script that was among the behaviours stands there as its steps
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

    /** The text form; a step that holds code prints as {@code @code} and its name, which the parser refuses. */
    @Override
    public String toString() {
        return String.join("\n", TextForm.lines(this)) + (steps.isEmpty() ? "" : "\n");
    }
}

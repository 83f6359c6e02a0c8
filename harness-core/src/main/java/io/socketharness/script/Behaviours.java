package io.socketharness.script;

import io.socketharness.internal.Durations;
import io.socketharness.internal.script.engine.Drip;
import io.socketharness.internal.script.engine.Forever;
import io.socketharness.internal.script.engine.Leave;
import io.socketharness.internal.script.engine.Match;
import io.socketharness.internal.script.engine.MatchCase;
import io.socketharness.internal.script.engine.Maybe;
import io.socketharness.internal.script.engine.Repeat;
import io.socketharness.internal.script.engine.Setting;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.framing.CloseFraming;
import io.socketharness.internal.script.framing.DelimiterFraming;
import io.socketharness.internal.script.framing.WebSocketFraming;
import io.socketharness.internal.script.steps.Broadcast;
import io.socketharness.internal.script.steps.Chargen;
import io.socketharness.internal.script.steps.Close;
import io.socketharness.internal.script.steps.Daytime;
import io.socketharness.internal.script.steps.Delay;
import io.socketharness.internal.script.steps.Discard;
import io.socketharness.internal.script.steps.Echo;
import io.socketharness.internal.script.steps.ExpectBytes;
import io.socketharness.internal.script.steps.ExpectLine;
import io.socketharness.internal.script.steps.ExpectMatch;
import io.socketharness.internal.script.steps.ExpectText;
import io.socketharness.internal.script.steps.HalfClose;
import io.socketharness.internal.script.steps.NewPort;
import io.socketharness.internal.script.steps.Receive;
import io.socketharness.internal.script.steps.Reply;
import io.socketharness.internal.script.steps.Reset;
import io.socketharness.internal.script.steps.SendBytes;
import io.socketharness.internal.script.steps.SendLine;
import io.socketharness.internal.script.steps.SendResource;
import io.socketharness.internal.script.steps.SendText;
import io.socketharness.internal.script.steps.SendTlsAlert;
import io.socketharness.internal.script.steps.Stall;
import io.socketharness.internal.script.steps.StartTls;
import io.socketharness.internal.script.steps.Time;
import io.socketharness.internal.script.steps.TlsCorrupt;
import io.socketharness.internal.script.steps.TlsFlight;
import io.socketharness.internal.script.steps.TlsHello;
import io.socketharness.internal.script.steps.TlsTruncate;
import io.socketharness.internal.script.steps.WebSocketUpgrade;
import io.socketharness.internal.script.text.BytePattern;
import io.socketharness.internal.script.text.Hex;
import io.socketharness.internal.script.text.Resources;
import io.socketharness.internal.script.text.Template;
import io.socketharness.internal.script.text.VariableName;
import io.socketharness.recording.Bytes;
import io.socketharness.tls.TlsAlert;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The built-in behaviours. Each has a line in the text form of a {@link Script}, which is named beside it; text may refer
 * to variables as <code>${name}</code>; <code>$${</code> is a plain <code>${</code>.
 *
 * <p>Those that change how the steps after them speak ({@link #eol}, {@link #charset}, {@link #frame}, {@link #drip},
 * {@link #within}) hold to the end of the block that they stand in.
 */
public final class Behaviours {

    private Behaviours() {}

    /**
     * Sends text and an end of line, CRLF unless {@link #eol} says otherwise; on datagrams the text alone: {@code S: text}.
     *
     * @param text without line breaks
     * @return the step
     */
    public static Behaviour sendLine(String text) {
        return new SendLine(Template.line(text));
    }

    /**
     * Sends text as it is, in the current framing: {@code S< text}.
     *
     * @param text any text
     * @return the step
     */
    public static Behaviour send(String text) {
        return new SendText(Template.parse(text));
    }

    /**
     * Sends bytes as they are, in the current framing: {@code S! hex}.
     *
     * @param bytes any bytes
     * @return the step
     */
    public static Behaviour send(byte[] bytes) {
        return new SendBytes(new Template(bytes.length == 0 ? List.of() : List.of(new Template.Raw(Bytes.of(bytes)))));
    }

    /**
     * Sends bytes that are written in hex, in the current framing: {@code S! hex}. Between them may stand text in quotes,
     * with the escapes of {@code S<}, and variables: a captured message as it came, anything else as text.
     *
     * @param hex such as <code>${id} 81 80 07 "example" 00</code>, with white space between the bytes or none
     * @return the step
     * @throws IllegalArgumentException if it is none
     */
    public static Behaviour sendHex(String hex) {
        return new SendBytes(Hex.template(hex));
    }

    /**
     * Sends a file of the class path, in the current framing: {@code @send name}.
     *
     * @param anchor where the name is relative to: its package, or with a leading {@code /} the class path
     * @param name the file's name
     * @return the step
     * @throws IllegalArgumentException if there is no such resource
     */
    public static Behaviour sendResource(Class<?> anchor, String name) {
        return new SendResource(name, Bytes.of(Resources.read(anchor, name)));
    }

    /**
     * Expects exactly this line, ended by CRLF or LF; on datagrams, exactly this datagram: {@code C: text}.
     *
     * @param text without line breaks
     * @return the step
     */
    public static Behaviour expectLine(String text) {
        return new ExpectLine(Template.line(text));
    }

    /**
     * Expects a line (on datagrams, a datagram) that matches a regular expression as a whole; its named groups become
     * variables: {@code C~ regex}.
     *
     * @param regex as {@link Pattern} reads it; a variable in it stands for its quoted text
     * @return the step
     */
    public static Behaviour expectLineMatching(String regex) {
        return ExpectMatch.of(Template.line(regex));
    }

    /**
     * Expects exactly this text: as a message of the current framing, else as the next bytes of the stream or the next
     * datagram: {@code C< text}.
     *
     * @param text any text
     * @return the step
     */
    public static Behaviour expect(String text) {
        return new ExpectText(Template.parse(text));
    }

    /**
     * Expects exactly these bytes: as a message of the current framing, else as the next bytes of the stream or the next
     * datagram: {@code C! hex}.
     *
     * @param bytes any bytes
     * @return the step
     */
    public static Behaviour expect(byte[] bytes) {
        return new ExpectBytes(BytePattern.of(Bytes.of(bytes)));
    }

    /**
     * Expects bytes that are written in hex: as a message of the current framing, else as the next bytes of the stream or
     * the next datagram: {@code C! hex}. Between them may stand text in quotes and variables, as in {@link #sendHex}, and
     * places for bytes that are not known: {@code [2]} takes two, whatever they are, {@code [2 id]} keeps them as the
     * variable <code>${id}</code>, {@code [*]} and {@code [* name]}, at the end, take what is left of the message, perhaps
     * nothing. On a stream without a framing nothing can be left.
     *
     * @param hex such as <code>[2 id] 01 00 07 "example" 00 [*]</code>, with white space between the bytes or none
     * @return the step
     * @throws IllegalArgumentException if it is none
     */
    public static Behaviour expectHex(String hex) {
        return new ExpectBytes(Hex.pattern(hex));
    }

    /**
     * Takes the next message, whatever it is: as the current framing bounds it, else a line or a datagram:
     * {@code @receive name}.
     *
     * @param name of the variable that holds it as {@link Bytes}; empty for none
     * @return the step
     */
    public static Behaviour receive(String name) {
        return new Receive(OptionalInt.empty(), VariableName.check(name));
    }

    /**
     * Takes so many bytes, whatever they are; on datagrams, the beginning of the next one, the rest of which is lost:
     * {@code @receive 12 name}.
     *
     * @param count how many
     * @param name of the variable that holds them as {@link Bytes}; empty for none
     * @return the step
     */
    public static Behaviour receive(int count, String name) {
        if (count < 1) {
            throw new IllegalArgumentException("receive " + count + " bytes; at least 1 is needed");
        }
        return new Receive(OptionalInt.of(count), VariableName.check(name));
    }

    /**
     * Takes a message and sends what a function makes of it, both as lines or in the current framing. It has no text form
     * that could be read back.
     *
     * @param function gets the message as text
     * @return the step
     */
    public static Behaviour reply(UnaryOperator<String> function) {
        return new Reply(function);
    }

    /**
     * Does nothing for a while; what the client sends meanwhile is taken in: {@code @delay 200ms}.
     *
     * @param duration how long
     * @return the step
     */
    public static Behaviour delay(Duration duration) {
        return new Delay(duration);
    }

    /**
     * Cuts the sends that follow in the block into pieces: {@code @drip 1 10ms}.
     *
     * @param bytes how many each piece has at most
     * @param every the time from one to the next
     * @return the step
     */
    public static Behaviour drip(int bytes, Duration every) {
        Drip drip = new Drip(bytes, every);
        return new Setting("@drip " + drip, false, s -> s.withDrip(drip));
    }

    /**
     * Sets what ends the lines that are sent from here to the end of the block: {@code @eol lf}.
     *
     * @param eol CRLF is what holds without it
     * @return the step
     */
    public static Behaviour eol(Eol eol) {
        return new Setting("@eol " + eol.name().toLowerCase(Locale.ROOT), false, s -> s.with(eol));
    }

    /**
     * Sets the charset of text from here to the end of the block: {@code @charset latin1}.
     *
     * @param charset UTF-8 is what holds without it
     * @return the step
     */
    public static Behaviour charset(Charset charset) {
        return new Setting("@charset " + charset.name(), false, s -> s.with(charset));
    }

    /**
     * Sets what bounds messages from here to the end of the block, for {@link #send(byte[]) send}, {@link #expect(byte[])
     * expect}, {@link #receive(String) receive}, {@link #reply} and {@link #match}; lines stay lines. A stream only:
     * {@code @frame length 2}.
     *
     * @param framing built-in or one's own
     * @return the step
     */
    public static Behaviour frame(Framing framing) {
        boolean builtIn = framing instanceof LengthFraming
                || framing instanceof DelimiterFraming
                || framing instanceof CloseFraming
                || framing instanceof WebSocketFraming;
        String line = builtIn ? "@frame " + framing : "@code " + TextForm.name(framing);
        return new Setting(line, true, s -> s.withFraming(framing));
    }

    /**
     * Ends the framing, from here to the end of the block: {@code @frame none}.
     *
     * @return the step
     */
    public static Behaviour unframed() {
        return new Setting("@frame none", true, s -> s.withFraming(null));
    }

    /**
     * Limits how long each receive waits, from here to the end of the block; one that takes longer fails. Without it they
     * wait as long as the server lives: {@code @within 2s}.
     *
     * @param limit how long
     * @return the step
     */
    public static Behaviour within(Duration limit) {
        Durations.requireNotNegative("the limit", limit);
        return new Setting("@within " + Durations.format(limit), false, s -> s.within(limit));
    }

    /**
     * Sends back what comes, until the client closes; on datagrams, each datagram (RFC 862): {@code @echo}.
     *
     * @return the step
     */
    public static Behaviour echo() {
        return new Echo();
    }

    /**
     * Takes what comes and answers nothing, until the client closes (RFC 863): {@code @discard}.
     *
     * @return the step
     */
    public static Behaviour discard() {
        return new Discard();
    }

    /**
     * Sends the date and time in UTC as a line and closes; on datagrams, for each datagram (RFC 867): {@code @daytime}.
     *
     * @return the step
     */
    public static Behaviour daytime() {
        return new Daytime();
    }

    /**
     * Sends the seconds since 1900 in four bytes, network order, and closes; on datagrams, for each datagram (RFC 868):
     * {@code @time}.
     *
     * @return the step
     */
    public static Behaviour time() {
        return new Time();
    }

    /**
     * Sends lines of 72 printable characters until the client closes, whatever it sends; on datagrams, one line for each
     * datagram (RFC 864): {@code @chargen}.
     *
     * @return the step
     */
    public static Behaviour chargen() {
        return new Chargen();
    }

    /**
     * Takes the request that upgrades HTTP to WebSocket and accepts it (RFC 6455, section 4.2.2); from here to the end of
     * the block messages are framed as {@link Framing#webSocket} says, such as {@code C! 81 "hello"} for a text. Pings and
     * closes are messages too, and the script's to answer. A stream only: {@code @websocket}.
     *
     * @return the step
     */
    public static Behaviour webSocket() {
        return new WebSocketUpgrade();
    }

    /**
     * Goes on from a port of its own, as servers of TFTP do (RFC 1350, section 4): what is sent from here on comes from a
     * new port, and what comes to that is received, as is what this client still sends to the server's. UDP only:
     * {@code @new-port}.
     *
     * @return the step
     */
    public static Behaviour newPort() {
        return new NewPort();
    }

    /**
     * Establishes TLS on a connection in clear, as STARTTLS does: {@code @starttls}. The client's hello must be the next
     * thing that it sends; whatever else it sends went out in clear after it had asked for TLS, and fails the step. Over
     * {@code tls}, as the first step, it does what is done there without it.
     *
     * @return the step
     */
    public static Behaviour startTls() {
        return new StartTls(false);
    }

    /**
     * Establishes TLS and drops what the client sends in clear before its hello, as careless servers do:
     * {@code @starttls tolerant}. What is dropped is recorded.
     *
     * @return the step
     */
    public static Behaviour startTlsTolerant() {
        return new StartTls(true);
    }

    /**
     * Takes the client's hello and does not answer it: {@code @tls-hello}. What is sent next goes out in clear, so that
     * {@link #stall}, {@link #close}, {@link #reset} or {@link #send(byte[])} behind it are a handshake that hangs, is cut
     * off or is answered with garbage; {@link #startTls} behind it goes on with the handshake. Over {@code tls} it must
     * be the first step.
     *
     * @return the step
     */
    public static Behaviour tlsHello() {
        return new TlsHello();
    }

    /**
     * Refuses the handshake: takes the client's hello and answers it with a fatal alert in clear (RFC 8446, section 6):
     * {@code @tls-alert handshake_failure}. Over {@code tls} it must be the first step, or stand behind
     * {@link #tlsHello}. When TLS is established no alert of one's choice can be sent: the JDK's TLS encrypts none.
     *
     * @param alert which
     * @return the step
     */
    public static Behaviour tlsAlert(TlsAlert alert) {
        return new SendTlsAlert(alert);
    }

    /**
     * Sends the first bytes of the server's part of the handshake, and no more: {@code @tls-flight 100}. What is behind
     * it ({@link #stall}, {@link #close}, {@link #reset}) ends a handshake in its middle. Over {@code tls} it must be the
     * first step. Where the server's whole part is shorter, the handshake goes on as usual.
     *
     * @param bytes how many, 1 or more
     * @return the step
     */
    public static Behaviour tlsFlight(int bytes) {
        return new TlsFlight(bytes);
    }

    /**
     * Flips a bit of the next record that is sent through TLS: {@code @tls-corrupt}. Clients report a bad record MAC.
     *
     * @return the step
     */
    public static Behaviour tlsCorrupt() {
        return new TlsCorrupt();
    }

    /**
     * Ends the server's side with a FIN alone, without the close_notify that TLS asks for (RFC 8446, section 6.1):
     * {@code @tls-truncate}. A client that does not look for it takes a truncated answer for a whole one.
     *
     * @return the step
     */
    public static Behaviour tlsTruncate() {
        return new TlsTruncate();
    }

    /**
     * Closes the connection, see {@link Connection#close()}; what the client sends afterwards is recorded and never
     * unexpected: {@code @close}.
     *
     * @return the step, behind which none can stand
     */
    public static Behaviour close() {
        return new Close();
    }

    /**
     * Ends the server's side (FIN) and reads on. A stream only: {@code @half-close}.
     *
     * @return the step
     */
    public static Behaviour halfClose() {
        return new HalfClose();
    }

    /**
     * Resets the connection (RST). Over TCP alone, with TLS or without: {@code @reset}.
     *
     * @return the step, behind which none can stand
     */
    public static Behaviour reset() {
        return new Reset();
    }

    /**
     * Says nothing any more until the client closes. Up to 1 MiB of what it sends is taken in and recorded, more stays
     * unread, so that its writes block: {@code @stall}.
     *
     * @return the step, behind which none can stand
     */
    public static Behaviour stall() {
        return new Stall();
    }

    /**
     * Sends a line to every open connection of the server: {@code @broadcast text}.
     *
     * @param text without line breaks
     * @return the step
     */
    public static Behaviour broadcast(String text) {
        return new Broadcast(Template.line(text));
    }

    /**
     * Does the steps so many times: {@code @repeat 3 … @end}.
     *
     * @param times at least 1
     * @param steps at least one
     * @return the step
     */
    public static Behaviour repeat(int times, Behaviour... steps) {
        return new Repeat(times, Script.of(steps));
    }

    /**
     * Does the steps again and again until the client closes where a round begins: {@code @forever … @end}.
     *
     * @param steps at least one
     * @return the step, behind which none can stand
     */
    public static Behaviour forever(Behaviour... steps) {
        return new Forever(Script.of(steps));
    }

    /**
     * Does the steps if the next message is the one that the first of them expects, else nothing:
     * {@code @maybe … @end}.
     *
     * @param steps the first takes a message: an expect or receive
     * @return the step
     */
    public static Behaviour maybe(Behaviour... steps) {
        return new Maybe(Script.of(steps));
    }

    /**
     * The dispatcher: takes one message after the other, bounded by the current framing, else by lines, on datagrams by
     * datagrams, and does what the first case that fits says; a message that none takes is a failure. It ends when the
     * client closes or a case says {@link #leave}: {@code @match … @or … @otherwise … @end}.
     *
     * @param cases made by {@link #when} and {@link #otherwise}, tried in order
     * @return the step
     */
    public static Behaviour match(Case... cases) {
        return new Match(Stream.of(cases).map(MatchCase.class::cast).toList());
    }

    /**
     * A case of {@link #match}. It is never owed: it may be taken any number of times.
     *
     * @param first what the message must be: an expect, whose bytes or text are held against the whole message, or a
     *     receive, which takes any
     * @param then what is done
     * @return the case
     */
    public static Case when(Behaviour first, Behaviour... then) {
        Behaviour[] steps = Stream.concat(Stream.of(first), Stream.of(then)).toArray(Behaviour[]::new);
        return MatchCase.of(Script.of(steps));
    }

    /**
     * The case of {@link #match} for messages that no case before it takes.
     *
     * @param then what is done
     * @return the case
     */
    public static Case otherwise(Behaviour... then) {
        return MatchCase.otherwise(Script.of(then));
    }

    /**
     * Ends the {@link #match} around it: {@code @leave}.
     *
     * @return the step, behind which none can stand
     */
    public static Behaviour leave() {
        return new Leave();
    }
}

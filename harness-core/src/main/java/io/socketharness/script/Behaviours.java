package io.socketharness.script;

import io.socketharness.internal.Durations;
import io.socketharness.internal.forward.ForwardText;
import io.socketharness.internal.script.engine.Drip;
import io.socketharness.internal.script.engine.Every;
import io.socketharness.internal.script.engine.Forever;
import io.socketharness.internal.script.engine.IdleCase;
import io.socketharness.internal.script.engine.Leave;
import io.socketharness.internal.script.engine.Match;
import io.socketharness.internal.script.engine.MatchCase;
import io.socketharness.internal.script.engine.Maybe;
import io.socketharness.internal.script.engine.NetworkSetting;
import io.socketharness.internal.script.engine.Repeat;
import io.socketharness.internal.script.engine.Setting;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.framing.CloseFraming;
import io.socketharness.internal.script.framing.DelimiterFraming;
import io.socketharness.internal.script.framing.WebSocketFraming;
import io.socketharness.internal.script.steps.Batch;
import io.socketharness.internal.script.steps.Broadcast;
import io.socketharness.internal.script.steps.BroadcastMessage;
import io.socketharness.internal.script.steps.Chargen;
import io.socketharness.internal.script.steps.Close;
import io.socketharness.internal.script.steps.Daytime;
import io.socketharness.internal.script.steps.Delay;
import io.socketharness.internal.script.steps.Discard;
import io.socketharness.internal.script.steps.Echo;
import io.socketharness.internal.script.steps.ExpectBytes;
import io.socketharness.internal.script.steps.ExpectEnd;
import io.socketharness.internal.script.steps.ExpectLine;
import io.socketharness.internal.script.steps.ExpectMatch;
import io.socketharness.internal.script.steps.ExpectText;
import io.socketharness.internal.script.steps.FromOtherPort;
import io.socketharness.internal.script.steps.HalfClose;
import io.socketharness.internal.script.steps.NewPort;
import io.socketharness.internal.script.steps.Receive;
import io.socketharness.internal.script.steps.ReceiveCount;
import io.socketharness.internal.script.steps.Reply;
import io.socketharness.internal.script.steps.ReplyBytes;
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
import io.socketharness.network.NetworkCondition;
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
 * The built-in behaviours. Each has a line in the text form of a {@link Script}. Text may contain variables as
 * <code>${name}</code>; <code>$${</code> is a plain <code>${</code>.
 *
 * <p>The settings {@link #eol}, {@link #exactEol}, {@link #charset}, {@link #frame}, {@link #drip} and {@link #within} apply to the steps
 * after them, until the end of their block.
 */
public final class Behaviours {

    private Behaviours() {}

    /**
     * Sends text and an end of line: CRLF unless {@link #eol} sets another. On datagrams, sends only the text. Text
     * form: {@code S: text}.
     *
     * @param text text without line breaks
     * @return the step
     */
    public static Behaviour sendLine(String text) {
        return new SendLine(Template.line(text));
    }

    /**
     * Sends text unchanged, in the current framing. Text form: {@code S< text}.
     *
     * @param text any text
     * @return the step
     */
    public static Behaviour send(String text) {
        return new SendText(Template.parse(text));
    }

    /**
     * Sends bytes unchanged, in the current framing. Text form: {@code S! hex}.
     *
     * @param bytes any bytes
     * @return the step
     */
    public static Behaviour send(byte[] bytes) {
        return new SendBytes(new Template(bytes.length == 0 ? List.of() : List.of(new Template.Raw(Bytes.of(bytes)))));
    }

    /**
     * Sends bytes written in hex, in the current framing. Text form: {@code S! hex}. The hex may contain text in
     * quotes, with the escapes of {@code S<}, base64, such as {@code base64 "iVBORw=="}, and variables. A variable with
     * a captured message stands for its bytes, any other variable for its text. Base64 is that of RFC 4648, section 4,
     * with padding.
     *
     * @param hex such as <code>${id} 81 80 07 "example" 00</code>, with or without white space between the bytes
     * @return the step
     * @throws IllegalArgumentException if the hex is malformed
     */
    public static Behaviour sendHex(String hex) {
        return new SendBytes(Hex.template(hex));
    }

    /**
     * Sends a file of the class path, in the current framing. Text form: {@code @send name}.
     *
     * @param anchor the class whose package contains the file; a name with a leading {@code /} is relative to the root
     *     of the class path
     * @param name the file's name
     * @return the step
     * @throws IllegalArgumentException if there is no such resource
     */
    public static Behaviour sendResource(Class<?> anchor, String name) {
        return new SendResource(name, Bytes.of(Resources.read(anchor, name)));
    }

    /**
     * Expects exactly this line, ended by CRLF or LF unless {@link #exactEol} sets one of them; on datagrams, exactly
     * this datagram. Text form: {@code C: text}.
     *
     * @param text text without line breaks
     * @return the step
     */
    public static Behaviour expectLine(String text) {
        return new ExpectLine(Template.line(text));
    }

    /**
     * Expects a line, or on datagrams a datagram, that matches a regular expression as a whole. Its named groups become
     * variables. Text form: {@code C~ regex}.
     *
     * @param regex a regular expression of {@link Pattern}; a variable in it stands for its quoted text
     * @return the step
     */
    public static Behaviour expectLineMatching(String regex) {
        return ExpectMatch.of(Template.line(regex));
    }

    /**
     * Expects exactly this text. It is the next message of the current framing, or without a framing the next bytes of
     * the stream or the next datagram. Text form: {@code C< text}.
     *
     * @param text any text
     * @return the step
     */
    public static Behaviour expect(String text) {
        return new ExpectText(Template.parse(text));
    }

    /**
     * Expects exactly these bytes. They are the next message of the current framing, or without a framing the next
     * bytes of the stream or the next datagram. Text form: {@code C! hex}.
     *
     * @param bytes any bytes
     * @return the step
     */
    public static Behaviour expect(byte[] bytes) {
        return new ExpectBytes(BytePattern.of(Bytes.of(bytes)));
    }

    /**
     * Expects bytes written in hex. They are the next message of the current framing, or without a framing the next
     * bytes of the stream or the next datagram. Text form: {@code C! hex}.
     *
     * <p>The hex may contain text in quotes, base64 and variables, as in {@link #sendHex}, and placeholders for unknown
     * bytes:
     * <ul>
     *   <li>{@code [2]} matches any two bytes
     *   <li>{@code [2 id]} also stores them in the variable <code>${id}</code>
     *   <li>{@code [*]} and {@code [* name]}, allowed at the end, match the rest of the message, which may be empty
     * </ul>
     * On a stream without a framing, the rest is always empty.
     *
     * @param hex such as <code>[2 id] 01 00 07 "example" 00 [*]</code>, with or without white space between the bytes
     * @return the step
     * @throws IllegalArgumentException if the hex is malformed
     */
    public static Behaviour expectHex(String hex) {
        return new ExpectBytes(Hex.pattern(hex));
    }

    /**
     * Receives the next message, with any content: a message of the current framing, or without a framing a line or a
     * datagram. Text form: {@code @receive name}.
     *
     * @param name the variable for the message, as {@link Bytes}; empty for none
     * @return the step
     */
    public static Behaviour receive(String name) {
        return new Receive(OptionalInt.empty(), VariableName.check(name));
    }

    /**
     * Receives a number of bytes, with any content. On datagrams, receives the beginning of the next datagram and drops
     * the rest. Text form: {@code @receive 12 name}.
     *
     * @param count the number of bytes, 0 or more
     * @param name the variable for the bytes, as {@link Bytes}; empty for none
     * @return the step
     */
    public static Behaviour receive(int count, String name) {
        if (count < 0) {
            throw new IllegalArgumentException("receive " + count + " bytes; 0 or more are allowed");
        }
        return new Receive(OptionalInt.of(count), VariableName.check(name));
    }

    /**
     * Receives as many bytes as a variable says, with any content. On datagrams, receives the beginning of the next
     * datagram and drops the rest. The value of the variable is a number in decimal digits, captured as text or as
     * bytes. Any other value, and a number that is larger than the server's {@code messageLimit} (1 MiB unless set),
     * fails the step. For a length in binary, use {@link #frame} with {@link Framing#length}. Text form:
     * <code>@receive ${variable} name</code>.
     *
     * @param variable the variable that contains the number of bytes; 0 is allowed
     * @param name the variable for the bytes, as {@link Bytes}; empty for none
     * @return the step
     */
    public static Behaviour receiveCount(String variable, String name) {
        return new ReceiveCount(new Template.Variable(VariableName.require(variable)), VariableName.check(name));
    }

    /**
     * Receives a message and sends the result of a function, both in the current framing, or without a framing as
     * lines; on datagrams, as datagrams. It has no text form that can be parsed.
     *
     * @param function computes the reply from the text of the message
     * @return the step
     */
    public static Behaviour reply(UnaryOperator<String> function) {
        return new Reply(function);
    }

    /**
     * Receives a message and sends the result of a function, as {@link #reply} does, but as bytes: in the current
     * framing, or on datagrams a datagram for a datagram. On a stream without a framing, the function gets a line
     * without its end, and the end of line is added to its result. It has no text form that can be parsed.
     *
     * @param function computes the reply from the bytes of the message; an empty array is an empty reply
     * @return the step
     */
    public static Behaviour replyBytes(UnaryOperator<byte[]> function) {
        return new ReplyBytes(function);
    }

    /**
     * Waits for a time. Input that arrives meanwhile is read and recorded. Text form: {@code @delay 200ms}.
     *
     * @param duration the time
     * @return the step
     */
    public static Behaviour delay(Duration duration) {
        return new Delay(duration);
    }

    /**
     * Splits the sends that follow in the block into pieces. Text form: {@code @drip 1 10ms}.
     *
     * @param bytes the maximum size of a piece
     * @param every the time between pieces
     * @return the step
     */
    public static Behaviour drip(int bytes, Duration every) {
        Drip drip = new Drip(bytes, every);
        return new Setting("@drip " + drip, false, s -> s.withDrip(drip));
    }

    /**
     * Sets the end of the lines that the server sends, until the end of the block. The lines that the client sends may
     * end with CRLF or LF. Text form: {@code @eol lf}.
     *
     * @param eol the end of line; the default is CRLF
     * @return the step
     */
    public static Behaviour eol(Eol eol) {
        return new Setting("@eol " + eol.name().toLowerCase(Locale.ROOT), false, s -> s.with(eol));
    }

    /**
     * Sets the end of the lines that the server sends, as {@link #eol} does, and requires the same end of the lines that
     * the client sends. A line with another end does not match {@link #expectLine}, {@link #expectLineMatching}, or a
     * case of {@link #match} that compares lines. {@link #receive(String) receive}, {@link #otherwise} and
     * {@link Connection#receiveLine} still accept both ends. On datagrams, it has no effect. Text form:
     * {@code @eol crlf exact}.
     *
     * @param eol CRLF or LF
     * @return the step
     * @throws IllegalArgumentException for {@link Eol#NONE}
     */
    public static Behaviour exactEol(Eol eol) {
        if (eol == Eol.NONE) {
            throw new IllegalArgumentException(
                    "@eol none cannot be exact, because a line that the client sends needs an"
                            + " end; crlf exact and lf exact are allowed");
        }
        return new Setting("@eol " + eol.name().toLowerCase(Locale.ROOT) + " exact", false, s -> s.withExact(eol));
    }

    /**
     * Sets the charset of text until the end of the block. Text form: {@code @charset latin1}.
     *
     * @param charset the charset; the default is UTF-8
     * @return the step
     */
    public static Behaviour charset(Charset charset) {
        return new Setting("@charset " + charset.name(), false, s -> s.with(charset));
    }

    /**
     * Sets the framing of messages until the end of the block, for {@link #send(byte[]) send},
     * {@link #expect(byte[]) expect}, {@link #receive(String) receive}, {@link #reply}, {@link #replyBytes} and
     * {@link #match}. Lines are not affected. Streams only. Text form: {@code @frame length 2}.
     *
     * @param framing a built-in or custom framing
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
     * Turns the framing off until the end of the block. Text form: {@code @frame none}.
     *
     * @return the step
     */
    public static Behaviour unframed() {
        return new Setting("@frame none", true, s -> s.withFraming(null));
    }

    /**
     * Limits the wait of each receive and send until the end of the block; one that takes longer fails. Without a limit
     * they wait until the server is closed. Text form: {@code @within 2s}.
     *
     * @param limit the maximum time to wait
     * @return the step
     */
    public static Behaviour within(Duration limit) {
        Durations.requireNotNegative("the limit", limit);
        return new Setting("@within " + Durations.format(limit), false, s -> s.within(limit));
    }

    /**
     * Forwards the connection to a real server: from this step on everything passes between the client and that server,
     * both ways, until both have ended. No step can follow. Data is recorded before it passes on. Text form:
     * {@code @forward tcp://localhost:6379}.
     *
     * <p>The server connects when the step begins. It passes on the data as it comes, without waiting for the end of a
     * message. A FIN of one side is a FIN for the other one, and a RST a RST; over Unix sockets, which have no RST, it
     * is a close. If the real server cannot be reached within the server's timeout, the client gets a RST, and the script
     * fails with the address and the reason. Neither side can make the script fail otherwise. The recording has the events
     * of the real server ({@code REAL_SERVER}).
     *
     * <p>The address is {@code tcp://host:port}, {@code tls://host:port} or {@code unix:///path} for streams, whatever the
     * transport of the client, and {@code udp://host:port} or {@code udg:///path} for datagrams. A path is literal; if there is no such
     * file, {@code %XX} in it is decoded, as in {@code FakeServer.uri()}. The address may contain
     * <code>${name}</code>: the value of a variable of the connection, or else of a system property, when the step begins.
     * With {@code tls}, the option {@code trust} says which certificates are trusted: {@code ?trust=any},
     * {@code ?trust=system}, or {@code ?trust=} and the path of a file with certificates of authorities in PEM. Unless
     * set, the system's authorities and {@linkplain io.socketharness.tls.CertificateAuthority#shared() the JVM's shared
     * authority} are trusted. The certificate must contain the host of the address, except with {@code trust=any}. The
     * real server is offered the application protocol (ALPN) that the client has negotiated.
     *
     * <p>Steps before this one can answer the client by themselves. As the first step of a {@link #match} case, it begins
     * with the message that the case has matched. A {@linkplain #frame framing} that is in use delimits the messages in
     * the dialogue. On datagrams, each client has a port of its own towards the real server.
     *
     * @param url the address of the real server; it may be followed by {@code starttls} as in the text form, see {@link
     *     Forward#startTls(String)}
     * @return the step
     * @throws IllegalArgumentException if the address is malformed
     */
    public static Forward forwardTo(String url) {
        return ForwardText.parse(url);
    }

    /**
     * Adds network conditions until the end of the block, in addition to those of the server and the connection; in the
     * outermost block of a connection's script, until the connection ends. Without a condition, removes those that the script has added, until the end of the block. Text form: {@code @network
     * latency 150ms}, with one condition in each line, and {@code @network perfect}.
     *
     * @param conditions see {@link io.socketharness.network.NetworkConditions}
     * @return the step
     */
    public static Behaviour network(NetworkCondition... conditions) {
        return new NetworkSetting(List.of(conditions));
    }

    /**
     * Sends all input back until the client closes; on datagrams, each datagram (RFC 862). Text form: {@code @echo}.
     *
     * @return the step
     */
    public static Behaviour echo() {
        return new Echo();
    }

    /**
     * Receives all input and sends nothing, until the client closes (RFC 863). Text form: {@code @discard}.
     *
     * @return the step
     */
    public static Behaviour discard() {
        return new Discard();
    }

    /**
     * Sends the date and time in UTC as a line and closes; on datagrams, answers each datagram with it (RFC 867). Text
     * form: {@code @daytime}.
     *
     * @return the step
     */
    public static Behaviour daytime() {
        return new Daytime();
    }

    /**
     * Sends the seconds since 1900 as four bytes in network order and closes; on datagrams, answers each datagram with
     * them (RFC 868). Text form: {@code @time}.
     *
     * @return the step
     */
    public static Behaviour time() {
        return new Time();
    }

    /**
     * Sends lines of 72 printable characters until the client closes, regardless of the input; on datagrams, answers
     * each datagram with one line (RFC 864). Text form: {@code @chargen}.
     *
     * @return the step
     */
    public static Behaviour chargen() {
        return new Chargen();
    }

    /**
     * Receives an HTTP request to upgrade to WebSocket and accepts it (RFC 6455, section 4.2.2). Until the end of the
     * block, messages then have the framing {@link Framing#webSocket}, such as {@code C! 81 "hello"} for a text. Pings
     * and closes are also messages, which the script must answer. Streams only. Text form: {@code @websocket}.
     *
     * @return the step
     */
    public static Behaviour webSocket() {
        return new WebSocketUpgrade();
    }

    /**
     * Continues the conversation from a new port, as TFTP servers do (RFC 1350, section 4). Later sends come from the
     * new port. Datagrams of this client to the new port and to the server's port are received. UDP only. Text form:
     * {@code @new-port}.
     *
     * @return the step
     */
    public static Behaviour newPort() {
        return new NewPort();
    }

    /**
     * Sends from another port: a new port of the server's host, which is closed after the last send. Later sends leave
     * from the server's port again. A client whose socket is connected does not get these datagrams. Other clients must
     * check the source themselves. The recording shows them as sent, with the port. UDP only. Text form:
     * {@code @other-port … @end}.
     *
     * @param sends at least one {@link #sendLine}, {@link #send(String) send}, {@link #sendHex} or
     *     {@link #sendResource}; settings may be among them
     * @return the step
     * @throws IllegalArgumentException if there is no send, or another step
     */
    public static Behaviour fromOtherPort(Behaviour... sends) {
        return new FromOtherPort(Script.of(sends));
    }

    /**
     * Establishes TLS on an unencrypted connection, as STARTTLS does. The client's hello must be the next input. Any
     * other input was sent unencrypted after the client requested TLS, and fails the step. Over {@code tls}, as the
     * first step, it performs the handshake that takes place there anyway. Text form: {@code @starttls}.
     *
     * @return the step
     */
    public static Behaviour startTls() {
        return new StartTls(StartTls.Mode.STRICT);
    }

    /**
     * Establishes TLS and drops unencrypted input before the client's hello, as careless servers do. The dropped input
     * is recorded. Text form: {@code @starttls tolerant}.
     *
     * @return the step
     */
    public static Behaviour startTlsTolerant() {
        return new StartTls(StartTls.Mode.TOLERANT);
    }

    /**
     * Establishes TLS and requires that the client resumes an earlier session, as many FTPS servers do on the data
     * connection. A full handshake fails the step; the client sees a complete handshake, and then the end of the
     * connection. Over {@code tls}, as the first step, it performs the handshake that takes place there anyway. The
     * session is one of this server, or of a server with the same {@link io.socketharness.tls.TlsSessions}. Text form:
     * {@code @starttls resumed}.
     *
     * @return the step
     */
    public static Behaviour startTlsResumed() {
        return new StartTls(StartTls.Mode.RESUMED);
    }

    /**
     * Receives the client's TLS hello and does not answer it. Later sends are not encrypted. A following
     * {@link #stall}, {@link #close}, {@link #reset} or {@link #send(byte[])} simulates a handshake that hangs, is cut
     * off, or is answered with garbage. A following {@link #startTls} continues the handshake. Over {@code tls} it must
     * be the first step. Text form: {@code @tls-hello}.
     *
     * @return the step
     */
    public static Behaviour tlsHello() {
        return new TlsHello();
    }

    /**
     * Refuses the TLS handshake: receives the client's hello and answers with an unencrypted fatal alert (RFC 8446,
     * section 6). Over {@code tls} it must be the first step, or follow {@link #tlsHello}. After TLS is established,
     * a chosen alert cannot be sent, because the JDK has no method to encrypt it. Text form:
     * {@code @tls-alert handshake_failure}.
     *
     * @param alert the alert
     * @return the step
     */
    public static Behaviour tlsAlert(TlsAlert alert) {
        return new SendTlsAlert(alert);
    }

    /**
     * Sends only the first bytes of the server's part of the TLS handshake. A following {@link #stall}, {@link #close}
     * or {@link #reset} ends the handshake in the middle. Over {@code tls} it must be the first step. If the server's
     * whole part is shorter, the handshake continues normally. Text form: {@code @tls-flight 100}.
     *
     * @param bytes the number of bytes, 1 or more
     * @return the step
     */
    public static Behaviour tlsFlight(int bytes) {
        return new TlsFlight(bytes);
    }

    /**
     * Flips a bit of the next TLS record that is sent. Clients report a bad record MAC. Text form:
     * {@code @tls-corrupt}.
     *
     * @return the step
     */
    public static Behaviour tlsCorrupt() {
        return new TlsCorrupt();
    }

    /**
     * Ends the server's output with a FIN but without the close_notify that TLS requires (RFC 8446, section 6.1). A
     * client that does not check for it accepts a truncated answer as complete. Text form: {@code @tls-truncate}.
     *
     * @return the step
     */
    public static Behaviour tlsTruncate() {
        return new TlsTruncate();
    }

    /**
     * Closes the connection, see {@link Connection#close()}. Later input is recorded and is never unexpected. Text
     * form: {@code @close}.
     *
     * @return the step, which must be the last one
     */
    public static Behaviour close() {
        return new Close(false);
    }

    /**
     * Closes the connection at once, with unread input, see {@link Connection#closeNow()}. Most servers end connections in
     * this way. Streams only. Text form: {@code @close now}.
     *
     * @return the step, which must be the last one
     */
    public static Behaviour closeNow() {
        return new Close(true);
    }

    /**
     * Expects that the client ends its output (FIN) and sends no more data. The server can still send after it. Streams
     * only. Text form: {@code @expect-end}.
     *
     * @return the step
     */
    public static Behaviour expectEnd() {
        return new ExpectEnd();
    }

    /**
     * Half-closes the connection: ends the server's output (FIN) and continues to read. Streams only. Text form:
     * {@code @half-close}.
     *
     * @return the step
     */
    public static Behaviour halfClose() {
        return new HalfClose();
    }

    /**
     * Resets the connection (RST). Only over TCP, with or without TLS. Text form: {@code @reset}.
     *
     * @return the step, which must be the last one
     */
    public static Behaviour reset() {
        return new Reset();
    }

    /**
     * Sends nothing more until the client closes. Up to 1 MiB of input is read and recorded. More input is not read, so
     * that the client's writes block. Text form: {@code @stall}.
     *
     * @return the step, which must be the last one
     */
    public static Behaviour stall() {
        return new Stall();
    }

    /**
     * Sends a line to every open connection of the server. Text form: {@code @broadcast text}.
     *
     * @param text text without line breaks
     * @return the step
     */
    public static Behaviour broadcast(String text) {
        return new Broadcast(Template.line(text));
    }

    /**
     * Sends a message written in hex to every open connection of the server, on each in the framing of its script, as
     * {@link Connection#broadcastMessage} does. Text form: {@code @broadcast-hex 81 "text"}.
     *
     * @param hex as for {@link #sendHex}
     * @return the step
     * @throws IllegalArgumentException if the hex is malformed
     */
    public static Behaviour broadcastHex(String hex) {
        return new BroadcastMessage(Hex.template(hex));
    }

    /**
     * Sends at an interval, beside the steps after it: heartbeats, events, a slow feed. The first send takes place after
     * one interval. A message of it never divides another message. It ends with its block; in the outermost block of a
     * script it continues after the last step, until a side closes the connection. Text form:
     * {@code @every 1s … @end}.
     *
     * @param interval the time between two rounds, more than 0; a round that is late, because the client does not read,
     *     is skipped
     * @param sends steps that send, and settings; at least one
     * @return the step
     */
    public static Behaviour every(Duration interval, Behaviour... sends) {
        return new Every(interval, Script.of(sends));
    }

    /**
     * Sends several messages as one write: one TCP segment if they fit, and one TLS record up to 16 KiB. Each message
     * has its own end of line or frame. The dialogue shows a line for each of them. Streams only. Text form:
     * {@code @batch … @end}.
     *
     * <p>{@link #drip} before the batch splits the whole batch. In code, use {@link Connection#batch}.
     *
     * @param sends at least one of {@link #sendLine}, {@link #send(String) send}, {@link #sendHex} and
     *     {@link #sendResource}; {@link #eol}, {@link #charset}, {@link #frame} and {@link #unframed} are also allowed,
     *     and apply until the end of the batch
     * @return the step
     * @throws IllegalArgumentException if there is another step, or no send
     */
    public static Behaviour batch(Behaviour... sends) {
        return new Batch(Script.of(sends));
    }

    /**
     * Runs the steps a number of times. Text form: {@code @repeat 3 … @end}.
     *
     * @param times at least 1
     * @param steps at least one
     * @return the step
     */
    public static Behaviour repeat(int times, Behaviour... steps) {
        return new Repeat(times, Script.of(steps));
    }

    /**
     * Runs the steps repeatedly until the client closes at the start of a round. Text form: {@code @forever … @end}.
     *
     * @param steps at least one
     * @return the step, which must be the last one
     */
    public static Behaviour forever(Behaviour... steps) {
        return new Forever(Script.of(steps));
    }

    /**
     * Runs the steps if the next message is the one that the first step expects; otherwise does nothing. Text form:
     * {@code @maybe … @end}.
     *
     * @param steps the first one receives a message: an expect or receive
     * @return the step
     */
    public static Behaviour maybe(Behaviour... steps) {
        return new Maybe(Script.of(steps));
    }

    /**
     * Dispatches messages to cases: receives each message and runs the first case that matches it. Messages have the
     * current framing; without a framing they are lines or datagrams. A message that matches no case is a failure. The
     * step ends when the client closes or a case runs {@link #leave}. Text form:
     * {@code @match … @or … @otherwise … @idle 200ms … @end}.
     *
     * @param cases made by {@link #when} and {@link #otherwise}, tried in this order, and at most one made by
     *     {@link #whenIdle}
     * @return the step
     */
    public static Behaviour match(Case... cases) {
        return Match.of(List.of(cases));
    }

    /**
     * Returns a case of {@link #match}. A case is never outstanding: it may run any number of times, or never.
     *
     * @param first the condition: an expect, which is compared with the whole message, or a receive, which matches any
     *     message
     * @param then the steps that follow
     * @return the case
     */
    public static Case when(Behaviour first, Behaviour... then) {
        Behaviour[] steps = Stream.concat(Stream.of(first), Stream.of(then)).toArray(Behaviour[]::new);
        return MatchCase.of(Script.of(steps));
    }

    /**
     * Returns the case of {@link #match} for messages that match no earlier case.
     *
     * @param then the steps of the case
     * @return the case
     */
    public static Case otherwise(Behaviour... then) {
        return MatchCase.otherwise(Script.of(then));
    }

    /**
     * Returns the case of {@link #match} that runs if nothing arrives for a time. The time begins when {@code match}
     * starts to wait for the next message, and again with each byte that arrives; after the case it begins again, so
     * that the case runs repeatedly while the client is silent. Text form: {@code @idle 200ms}.
     *
     * @param silence how long nothing arrives, more than 0
     * @param then the steps of the case, at least one
     * @return the case
     */
    public static Case whenIdle(Duration silence, Behaviour... then) {
        return new IdleCase(silence, Script.of(then));
    }

    /**
     * Ends the enclosing {@link #match}. Text form: {@code @leave}.
     *
     * @return the step, which must be the last one
     */
    public static Behaviour leave() {
        return new Leave();
    }
}

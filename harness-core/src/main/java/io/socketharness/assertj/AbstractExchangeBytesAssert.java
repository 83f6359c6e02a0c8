package io.socketharness.assertj;

import io.socketharness.internal.recording.Report;
import io.socketharness.internal.script.text.Hex;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviours;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The assertions of {@link ExchangeAssert} on the bytes that were received and sent. */
@SuppressWarnings("exports") // see ExchangeAssert
public abstract class AbstractExchangeBytesAssert extends AbstractExchangeAssert {

    AbstractExchangeBytesAssert(@Nullable Exchange actual) {
        super(actual);
    }

    /**
     * Waits until all bytes received so far equal {@code text}. Datagrams are concatenated.
     *
     * <pre>{@code
     * // the client has sent "PING\r\n"
     * assertThat(exchange).received("PING\r\n"); // succeeds
     * assertThat(exchange).received("PING");     // fails
     * }</pre>
     *
     * @param text the whole text, including the ends of lines
     * @return these assertions
     * @throws AssertionError if it does not arrive within the timeout, or can no longer arrive: the received bytes
     *     differ, or the client has closed
     */
    public ExchangeAssert received(String text) {
        return received(Bytes.ofText(text));
    }

    /**
     * Waits until all bytes received so far equal {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all bytes
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or can no longer arrive
     */
    public ExchangeAssert received(byte[] bytes) {
        return received(Bytes.of(bytes));
    }

    /**
     * Waits until all bytes received so far equal {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all bytes
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or can no longer arrive
     */
    public ExchangeAssert received(Bytes bytes) {
        return bytes(Direction.RECEIVED, new Exactly(bytes));
    }

    /**
     * Waits until all bytes received so far equal bytes written in hex, as {@link #received(String)} does. The hex may
     * contain text in quotes, with the escapes of {@code S<}, and base64, as in {@link Behaviours#sendHex}. Variables
     * are not allowed.
     *
     * @param hex all bytes, such as {@code 01 0002 "OK"}, with or without white space between the bytes
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or can no longer arrive
     * @throws IllegalArgumentException if the hex is malformed
     */
    public ExchangeAssert receivedHex(String hex) {
        return received(Hex.bytes(hex));
    }

    /**
     * Waits until the received bytes contain {@code text}; on datagrams, until one datagram contains it.
     *
     * <pre>{@code
     * // the client has sent "MAIL FROM:<a@test>\r\n"
     * assertThat(exchange).receivedContaining("<a@test>"); // succeeds
     * assertThat(exchange).receivedContaining("RCPT");     // fails
     * }</pre>
     *
     * @param text the text to wait for
     * @return these assertions
     * @throws AssertionError if it does not arrive within the timeout, or the client has closed
     */
    public ExchangeAssert receivedContaining(String text) {
        return receivedContaining(Bytes.ofText(text));
    }

    /**
     * Waits until the received bytes contain {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes the bytes to wait for
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the client has closed
     */
    public ExchangeAssert receivedContaining(byte[] bytes) {
        return receivedContaining(Bytes.of(bytes));
    }

    /**
     * Waits until the received bytes contain {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes the bytes to wait for
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the client has closed
     */
    public ExchangeAssert receivedContaining(Bytes bytes) {
        return bytes(Direction.RECEIVED, new Containing(bytes));
    }

    /**
     * Waits until the received bytes contain bytes written in hex, as {@link #receivedContaining(String)} does.
     *
     * @param hex such as {@code 00 02 "OK"}, see {@link #receivedHex}
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the client has closed
     * @throws IllegalArgumentException if the hex is malformed
     */
    public ExchangeAssert receivedContainingHex(String hex) {
        return receivedContaining(Hex.bytes(hex));
    }

    /**
     * Waits until the whole text received so far matches {@code regex}. Datagrams are concatenated.
     *
     * <pre>{@code
     * // the client has sent "EHLO client.test\r\n"
     * assertThat(exchange).receivedMatching("EHLO \\S+\r\n"); // succeeds
     * assertThat(exchange).receivedMatching("EHLO");          // fails
     * }</pre>
     *
     * @param regex a regular expression of {@link Pattern}
     * @return these assertions
     * @throws AssertionError if no match arrives within the timeout or can still arrive, or the evaluation of the
     *     expression fails
     */
    public ExchangeAssert receivedMatching(String regex) {
        return receivedMatching(Pattern.compile(regex));
    }

    /**
     * Waits until the whole text received so far matches {@code pattern}, as {@link #receivedMatching(String)} does.
     *
     * @param pattern a pattern; its flags apply
     * @return these assertions
     * @throws AssertionError if no match arrives within the timeout or can still arrive, or the evaluation of the
     *     expression fails
     */
    public ExchangeAssert receivedMatching(Pattern pattern) {
        return bytes(Direction.RECEIVED, new Matching(pattern, timeout()));
    }

    /**
     * Waits until the client has sent these parts in this order, with any bytes before, between and after them. On
     * datagrams, each part must be within one datagram.
     *
     * <pre>{@code
     * // the client has sent "MAIL\r\nRCPT\r\nDATA\r\n"
     * assertThat(exchange).receivedInOrder("MAIL", "DATA"); // succeeds
     * assertThat(exchange).receivedInOrder("DATA", "MAIL"); // fails
     * }</pre>
     *
     * @param parts the parts, in order
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the client has closed
     */
    public ExchangeAssert receivedInOrder(String... parts) {
        return bytes(
                Direction.RECEIVED,
                new InOrder(Arrays.stream(parts).map(Bytes::ofText).toList()));
    }

    /**
     * Waits until the client has sent these parts, written in hex, in this order, as {@link #receivedInOrder} does.
     *
     * @param parts the parts, in order, such as {@code 00 02 "OK"}, see {@link #receivedHex}
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the client has closed
     * @throws IllegalArgumentException if the hex is malformed
     */
    public ExchangeAssert receivedInOrderHex(String... parts) {
        return bytes(
                Direction.RECEIVED,
                new InOrder(Arrays.stream(parts).map(Hex::bytes).toList()));
    }

    /**
     * Waits until the lines received so far are exactly these, in order; on datagrams, the datagrams.
     *
     * <pre>{@code
     * // the client has sent "USER anna\r\nQUIT\r\n"
     * assertThat(exchange).receivedLines("USER anna", "QUIT"); // succeeds
     * assertThat(exchange).receivedLines("USER anna");         // fails
     * }</pre>
     *
     * @param lines the lines without their ends (LF or CRLF); an incomplete last line counts too
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or can no longer arrive: a line differs, or the
     *     client has closed
     */
    public ExchangeAssert receivedLines(String... lines) {
        return bytes(
                Direction.RECEIVED,
                new Lines(Arrays.stream(lines).map(Bytes::ofText).toList()));
    }

    /**
     * Waits until all bytes sent so far equal {@code text}. Datagrams are concatenated.
     *
     * <pre>{@code
     * // the server has sent "PONG\r\n"
     * assertThat(exchange).sent("PONG\r\n"); // succeeds
     * assertThat(exchange).sent("PONG");     // fails
     * }</pre>
     *
     * @param text the whole text, including the ends of lines
     * @return these assertions
     * @throws AssertionError if it is not sent within the timeout, or can no longer be sent: the sent bytes differ, or
     *     the server has closed
     */
    public ExchangeAssert sent(String text) {
        return sent(Bytes.ofText(text));
    }

    /**
     * Waits until all bytes sent so far equal {@code bytes}, as {@link #sent(String)} does.
     *
     * @param bytes all bytes
     * @return these assertions
     * @throws AssertionError if they are not sent within the timeout, or can no longer be sent
     */
    public ExchangeAssert sent(byte[] bytes) {
        return sent(Bytes.of(bytes));
    }

    /**
     * Waits until all bytes sent so far equal {@code bytes}, as {@link #sent(String)} does.
     *
     * @param bytes all bytes
     * @return these assertions
     * @throws AssertionError if they are not sent within the timeout, or can no longer be sent
     */
    public ExchangeAssert sent(Bytes bytes) {
        return bytes(Direction.SENT, new Exactly(bytes));
    }

    /**
     * Waits until all bytes sent so far equal bytes written in hex, as {@link #sent(String)} does.
     *
     * @param hex all bytes, such as {@code 01 0002 "OK"}, see {@link #receivedHex}
     * @return these assertions
     * @throws AssertionError if they are not sent within the timeout, or can no longer be sent
     * @throws IllegalArgumentException if the hex is malformed
     */
    public ExchangeAssert sentHex(String hex) {
        return sent(Hex.bytes(hex));
    }

    /**
     * Waits for the time {@code quiet} and verifies that the client has sent nothing, neither in that time nor before.
     * If the client has closed without sending anything, this method does not wait.
     *
     * <pre>{@code
     * // the client waits for the greeting
     * assertThat(exchange).receivedNothing(Duration.ofMillis(200)); // succeeds, after 200 ms
     * // the client has sent "EHLO client.test\r\n" before it
     * assertThat(exchange).receivedNothing(Duration.ofMillis(200)); // fails, at once
     * }</pre>
     *
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as any input arrives
     * @throws IllegalArgumentException if {@code quiet} is negative
     */
    public ExchangeAssert receivedNothing(Duration quiet) {
        return silent(new Unwanted.Anything(), quiet);
    }

    /**
     * Waits for the time {@code quiet} and verifies that the client has not sent {@code text}, neither in that
     * time nor before. On datagrams, no datagram may contain it. Other input may arrive. If the client has closed
     * without sending the text, this method does not wait.
     *
     * <pre>{@code
     * // the client has sent "EHLO client.test\r\n" over an unencrypted connection
     * assertThat(exchange).receivedNothingContaining("AUTH", Duration.ofMillis(200)); // succeeds, after 200 ms
     * assertThat(exchange).receivedNothingContaining("EHLO", Duration.ofMillis(200)); // fails, at once
     * }</pre>
     *
     * @param text the text that must not arrive
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the text arrives, or if not all input is kept
     * @throws IllegalArgumentException if {@code text} is empty, or {@code quiet} is negative
     */
    public ExchangeAssert receivedNothingContaining(String text, Duration quiet) {
        return receivedNothingContaining(Bytes.ofText(text), quiet);
    }

    /**
     * Verifies that the client does not send {@code bytes}, as {@link #receivedNothingContaining(String, Duration)} does.
     *
     * @param bytes the bytes that must not arrive
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the bytes arrive, or if not all input is kept
     * @throws IllegalArgumentException if {@code bytes} is empty, or {@code quiet} is negative
     */
    public ExchangeAssert receivedNothingContaining(byte[] bytes, Duration quiet) {
        return receivedNothingContaining(Bytes.of(bytes), quiet);
    }

    /**
     * Verifies that the client does not send {@code bytes}, as {@link #receivedNothingContaining(String, Duration)} does.
     *
     * @param bytes the bytes that must not arrive
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the bytes arrive, or if not all input is kept
     * @throws IllegalArgumentException if {@code bytes} is empty, or {@code quiet} is negative
     */
    public ExchangeAssert receivedNothingContaining(Bytes bytes, Duration quiet) {
        return silent(new Unwanted.Part(bytes), quiet);
    }

    /**
     * Verifies that the client does not send bytes written in hex, as
     * {@link #receivedNothingContaining(String, Duration)} does.
     *
     * @param hex such as {@code 00 02 "OK"}, see {@link #receivedHex}
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the bytes arrive, or if not all input is kept
     * @throws IllegalArgumentException if the hex is malformed or empty, or {@code quiet} is negative
     */
    public ExchangeAssert receivedNothingContainingHex(String hex, Duration quiet) {
        return receivedNothingContaining(Hex.bytes(hex), quiet);
    }

    private ExchangeAssert silent(Unwanted unwanted, Duration quiet) {
        isNotNull();
        Optional<Silence.Breach> breach = Silence.during(actual, unwanted, quiet);
        if (breach.isPresent()) {
            throw failure(Reports.of(actual, breach.get().complaint(), List.of()));
        }
        return myself;
    }

    private ExchangeAssert bytes(Direction direction, Expectation expectation) {
        isNotNull();
        Predicate<Traffic> holds = expectation.watch();
        ExchangeMatch match = await(exchange -> ExchangeMatch.of(exchange, direction, expectation, holds));
        if (!match.holds()) {
            String sentence = sentence("to " + direction.verb + " " + expectation.words(), match);
            Optional<Traffic> traffic = match.traffic();
            if (traffic.isEmpty()) {
                throw failure(Reports.of(actual, sentence, List.of()));
            }
            Report report = Reports.of(actual, sentence, expectation.comparison(traffic.get(), direction));
            throw expectation.expected().isEmpty()
                    ? failure(report)
                    : report(
                            failureWithActualExpected(
                                    expectation.actual(traffic.get()), expectation.expected(), "%s", report.text()),
                            report);
        }
        return myself;
    }
}

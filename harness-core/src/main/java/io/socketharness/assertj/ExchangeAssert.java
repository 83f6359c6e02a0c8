package io.socketharness.assertj;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the exchange of one connection; on datagrams, of the conversation with one client address.
 *
 * <p>Each assertion waits until it is true, up to the server's timeout (5 s unless set) or the limit of
 * {@link #within}. It fails at once when it can no longer become true. If the limit of the recording was reached,
 * assertions on bytes fail with that reason. Text is UTF-8.
 */
@SuppressWarnings("exports") // AssertJ is optional: a transitive requirement would force it on all users
public class ExchangeAssert extends AbstractExchangeAssert {

    /**
     * Creates assertions. Tests use {@link SocketAssertions#assertThat(Exchange)}.
     *
     * @param actual the exchange
     */
    public ExchangeAssert(@Nullable Exchange actual) {
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
        isNotNull();
        Silence silence = Silence.during(actual, quiet);
        if (silence.breaker().isPresent()) {
            throw report(failure(
                    "%s",
                    Report.of(Report.title(actual) + ": " + Silence.complaint(quiet), actual.dialogue("dialogue"))));
        }
        return this;
    }

    /**
     * Waits until the client has closed the connection: its FIN has arrived. A FIN does not show whether the client has
     * closed or only half-closed the connection.
     *
     * <pre>{@code
     * // the client has called Socket.close() or Socket.shutdownOutput()
     * assertThat(exchange).closedByClient(); // succeeds
     * // the client has called Socket.setSoLinger(true, 0) and Socket.close()
     * assertThat(exchange).closedByClient(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if the client does not close within the timeout, or can no longer close: it has reset the
     *     connection, the server has closed it, or the exchange consists of datagrams, which have no connection
     */
    public ExchangeAssert closedByClient() {
        return streamEvent(
                "the client to close the connection",
                exchange -> exchange.has(Event.Kind.HALF_CLOSED_BY_CLIENT),
                exchange -> ExchangeMatch.end(
                        exchange,
                        exchange.isEnded(),
                        Event.Kind.RESET_BY_CLIENT,
                        Event.Kind.RESET_BY_SERVER,
                        Event.Kind.CLOSED));
    }

    /**
     * Waits until the client has reset the connection: its RST has arrived.
     *
     * <pre>{@code
     * // the client has called Socket.setSoLinger(true, 0) and Socket.close()
     * assertThat(exchange).resetByClient(); // succeeds
     * // the client has called Socket.close()
     * assertThat(exchange).resetByClient(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if there is no reset within the timeout, or there can no longer be one: the client or the
     *     server has closed the connection, or the exchange consists of datagrams, which have no connection
     */
    public ExchangeAssert resetByClient() {
        return streamEvent(
                "the client to reset the connection",
                exchange -> exchange.has(Event.Kind.RESET_BY_CLIENT),
                exchange -> ExchangeMatch.end(
                        exchange,
                        exchange.isEnded(),
                        Event.Kind.HALF_CLOSED_BY_CLIENT,
                        Event.Kind.RESET_BY_SERVER,
                        Event.Kind.CLOSED));
    }

    /**
     * Waits until the client or the server has reset the connection.
     *
     * <pre>{@code
     * // the server's script ends with reset()
     * assertThat(exchange).wasReset(); // succeeds
     * // the server's script ends with close()
     * assertThat(exchange).wasReset(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if there is no reset within the timeout, or there can no longer be one: the server has
     *     closed the connection, or the exchange consists of datagrams, which have no connection
     */
    public ExchangeAssert wasReset() {
        return streamEvent(
                "the connection to be reset",
                exchange -> exchange.has(Event.Kind.RESET_BY_CLIENT) || exchange.has(Event.Kind.RESET_BY_SERVER),
                exchange -> ExchangeMatch.end(exchange, exchange.isEnded(), Event.Kind.CLOSED));
    }

    /**
     * Waits until the script of this connection is complete. All its steps have run, or a custom behaviour has ended at
     * the end of input when no step was outstanding.
     *
     * <pre>{@code
     * // the script is expectLine("PING"), sendLine("PONG"), and the client has sent "PING\n"
     * assertThat(exchange).completedItsScript(); // succeeds
     * // the client has sent "PONG\n"
     * assertThat(exchange).completedItsScript(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if the script is not complete within the timeout, or can no longer be: it has failed, or
     *     the server was closed
     */
    public ExchangeAssert completedItsScript() {
        return event(
                "its script to be completed",
                exchange -> exchange.has(Event.Kind.COMPLETED) && !exchange.has(Event.Kind.FAILED),
                exchange -> exchange.has(Event.Kind.FAILED) ? failed(exchange) : ExchangeMatch.end(exchange, false));
    }

    private static String failed(Exchange exchange) {
        return detail(exchange, Event.Kind.FAILED).orElse("it failed");
    }

    private ExchangeAssert bytes(Direction direction, Expectation expectation) {
        isNotNull();
        Predicate<Traffic> holds = expectation.watch();
        ExchangeMatch match = await(exchange -> ExchangeMatch.of(exchange, direction, expectation, holds));
        if (!match.holds()) {
            String sentence = sentence("to " + direction.verb + " " + expectation.words(), match);
            String dialogue = actual.dialogue("dialogue");
            Optional<Traffic> traffic = match.traffic();
            if (traffic.isEmpty()) {
                throw report(failure("%s", Report.of(sentence, dialogue)));
            }
            String message = Report.of(sentence, expectation.comparison(traffic.get(), direction), dialogue);
            throw report(
                    expectation.expected().isEmpty()
                            ? failure("%s", message)
                            : failureWithActualExpected(
                                    expectation.actual(traffic.get()), expectation.expected(), "%s", message));
        }
        return this;
    }

    private ExchangeAssert streamEvent(String words, Predicate<Exchange> holds, Function<Exchange, String> end) {
        return event(
                words,
                holds,
                exchange -> exchange.isDatagrams()
                        ? "datagrams have no connection to close or reset"
                        : end.apply(exchange));
    }
}

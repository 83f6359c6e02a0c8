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
 * Assertions on what was seen on one connection; for datagrams, on what went between the server and one source address.
 *
 * <p>Each waits until it holds, up to the server's timeout (5 s unless set) or what {@link #within} sets, and fails at
 * once when it cannot come to hold any more. Once the recording's limit is reached and bytes are not kept, those on bytes
 * fail with that reason. Text is UTF-8.
 */
@SuppressWarnings(
        "exports") // AssertJ is the user's own: a transitive requirement would ask for it where it is not used
public class ExchangeAssert extends AbstractExchangeAssert {

    /**
     * Begins assertions; {@link SocketAssertions#assertThat(Exchange)} does so for tests.
     *
     * @param actual the exchange
     */
    public ExchangeAssert(@Nullable Exchange actual) {
        super(actual);
    }

    /**
     * Waits until all that the client has sent so far is {@code text}; of datagrams, all of them one after the other.
     *
     * <pre>{@code
     * // the client has sent "PING\r\n"
     * assertThat(exchange).received("PING\r\n"); // succeeds
     * assertThat(exchange).received("PING");     // fails
     * }</pre>
     *
     * @param text all of it, with the ends of lines
     * @return these assertions
     * @throws AssertionError if it does not come in time, or cannot: what came differs, or the client has ended
     */
    public ExchangeAssert received(String text) {
        return received(Bytes.ofText(text));
    }

    /**
     * Waits until all that the client has sent so far is {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all of them
     * @return these assertions
     * @throws AssertionError if they do not come in time, or cannot
     */
    public ExchangeAssert received(byte[] bytes) {
        return received(Bytes.of(bytes));
    }

    /**
     * Waits until all that the client has sent so far is {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all of them
     * @return these assertions
     * @throws AssertionError if they do not come in time, or cannot
     */
    public ExchangeAssert received(Bytes bytes) {
        return bytes(Direction.RECEIVED, new Exactly(bytes));
    }

    /**
     * Waits until what the client has sent contains {@code text}; of datagrams, until one of them does.
     *
     * <pre>{@code
     * // the client has sent "MAIL FROM:<a@test>\r\n"
     * assertThat(exchange).receivedContaining("<a@test>"); // succeeds
     * assertThat(exchange).receivedContaining("RCPT");     // fails
     * }</pre>
     *
     * @param text what to wait for
     * @return these assertions
     * @throws AssertionError if it does not come in time, or the client has ended
     */
    public ExchangeAssert receivedContaining(String text) {
        return receivedContaining(Bytes.ofText(text));
    }

    /**
     * Waits until what the client has sent contains {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes what to wait for
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the client has ended
     */
    public ExchangeAssert receivedContaining(byte[] bytes) {
        return receivedContaining(Bytes.of(bytes));
    }

    /**
     * Waits until what the client has sent contains {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes what to wait for
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the client has ended
     */
    public ExchangeAssert receivedContaining(Bytes bytes) {
        return bytes(Direction.RECEIVED, new Containing(bytes));
    }

    /**
     * Waits until all that the client has sent so far, as text, matches {@code regex} as a whole; of datagrams, all of
     * them one after the other.
     *
     * <pre>{@code
     * // the client has sent "EHLO client.test\r\n"
     * assertThat(exchange).receivedMatching("EHLO \\S+\r\n"); // succeeds
     * assertThat(exchange).receivedMatching("EHLO");          // fails
     * }</pre>
     *
     * @param regex see {@link Pattern}
     * @return these assertions
     * @throws AssertionError if nothing that matches comes in time, or can come, or the expression comes to no result
     */
    public ExchangeAssert receivedMatching(String regex) {
        return receivedMatching(Pattern.compile(regex));
    }

    /**
     * Waits until all that the client has sent so far matches {@code pattern}, as {@link #receivedMatching(String)} does.
     *
     * @param pattern with its flags
     * @return these assertions
     * @throws AssertionError if nothing that matches comes in time, or can come, or the expression comes to no result
     */
    public ExchangeAssert receivedMatching(Pattern pattern) {
        return bytes(Direction.RECEIVED, new Matching(pattern, timeout()));
    }

    /**
     * Waits until the client has sent these parts one after the other, whatever stands before, between and behind them; of
     * datagrams, each part within one of them.
     *
     * <pre>{@code
     * // the client has sent "MAIL\r\nRCPT\r\nDATA\r\n"
     * assertThat(exchange).receivedInOrder("MAIL", "DATA"); // succeeds
     * assertThat(exchange).receivedInOrder("DATA", "MAIL"); // fails
     * }</pre>
     *
     * @param parts in their order
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the client has ended
     */
    public ExchangeAssert receivedInOrder(String... parts) {
        return bytes(
                Direction.RECEIVED,
                new InOrder(Arrays.stream(parts).map(Bytes::ofText).toList()));
    }

    /**
     * Waits until the lines that the client has sent so far are these, in order; or its datagrams.
     *
     * <pre>{@code
     * // the client has sent "USER anna\r\nQUIT\r\n"
     * assertThat(exchange).receivedLines("USER anna", "QUIT"); // succeeds
     * assertThat(exchange).receivedLines("USER anna");         // fails
     * }</pre>
     *
     * @param lines without their ends (LF or CRLF); the last one counts even if its end has not come
     * @return these assertions
     * @throws AssertionError if they do not come in time, or cannot: a line differs, or the client has ended
     */
    public ExchangeAssert receivedLines(String... lines) {
        return bytes(
                Direction.RECEIVED,
                new Lines(Arrays.stream(lines).map(Bytes::ofText).toList()));
    }

    /**
     * Waits until all that the server has sent so far is {@code text}; of datagrams, all of them one after the other.
     *
     * <pre>{@code
     * // the server has sent "PONG\r\n"
     * assertThat(exchange).sent("PONG\r\n"); // succeeds
     * assertThat(exchange).sent("PONG");     // fails
     * }</pre>
     *
     * @param text all of it, with the ends of lines
     * @return these assertions
     * @throws AssertionError if it is not sent in time, or cannot be: what was sent differs, or the server has closed
     */
    public ExchangeAssert sent(String text) {
        return sent(Bytes.ofText(text));
    }

    /**
     * Waits until all that the server has sent so far is {@code bytes}, as {@link #sent(String)} does.
     *
     * @param bytes all of them
     * @return these assertions
     * @throws AssertionError if they are not sent in time, or cannot be
     */
    public ExchangeAssert sent(byte[] bytes) {
        return sent(Bytes.of(bytes));
    }

    /**
     * Waits until all that the server has sent so far is {@code bytes}, as {@link #sent(String)} does.
     *
     * @param bytes all of them
     * @return these assertions
     * @throws AssertionError if they are not sent in time, or cannot be
     */
    public ExchangeAssert sent(Bytes bytes) {
        return bytes(Direction.SENT, new Exactly(bytes));
    }

    /**
     * Waits {@code quiet} long and expects that the client has sent nothing until then, not even before; if it has ended
     * without a byte, there is nothing to wait for.
     *
     * <pre>{@code
     * // the client waits for the greeting
     * assertThat(exchange).receivedNothing(Duration.ofMillis(200)); // succeeds, after 200 ms
     * // the client has sent "EHLO client.test\r\n" before it
     * assertThat(exchange).receivedNothing(Duration.ofMillis(200)); // fails, at once
     * }</pre>
     *
     * @param quiet how long; {@link #within} means nothing here
     * @return these assertions
     * @throws AssertionError if something has come, as soon as it does
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
     * Waits until the client has closed the connection: its FIN has come. Whether it has closed its sending side alone
     * cannot be seen.
     *
     * <pre>{@code
     * // the client has called Socket.close() or Socket.shutdownOutput()
     * assertThat(exchange).closedByClient(); // succeeds
     * // the client has called Socket.setSoLinger(true, 0) and Socket.close()
     * assertThat(exchange).closedByClient(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if it does not in time, or cannot: it has reset the connection, the server has closed it, or
     *     these are datagrams, which have no connection
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
     * Waits until the client has reset the connection: its RST has come.
     *
     * <pre>{@code
     * // the client has called Socket.setSoLinger(true, 0) and Socket.close()
     * assertThat(exchange).resetByClient(); // succeeds
     * // the client has called Socket.close()
     * assertThat(exchange).resetByClient(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if it does not in time, or cannot: it or the server has closed the connection, or these are
     *     datagrams, which have no connection
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
     * @throws AssertionError if nobody does in time, or can: the server has closed the connection, or these are
     *     datagrams, which have no connection
     */
    public ExchangeAssert wasReset() {
        return streamEvent(
                "the connection to be reset",
                exchange -> exchange.has(Event.Kind.RESET_BY_CLIENT) || exchange.has(Event.Kind.RESET_BY_SERVER),
                exchange -> ExchangeMatch.end(exchange, exchange.isEnded(), Event.Kind.CLOSED));
    }

    /**
     * Waits until the script of this connection is done: each of its steps was, or code of the user's own has let the
     * client's end through where nothing more was owed.
     *
     * <pre>{@code
     * // the script is expectLine("PING"), sendLine("PONG"), and the client has sent "PING\n"
     * assertThat(exchange).completedItsScript(); // succeeds
     * // the client has sent "PONG\n"
     * assertThat(exchange).completedItsScript(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if it is not done in time, or cannot be: it has failed, or the server was closed
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

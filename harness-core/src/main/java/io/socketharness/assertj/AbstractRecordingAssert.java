package io.socketharness.assertj;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.description.Description;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on everything that a server has recorded, common to {@link FakeServerAssert} and {@link RecordingAssert}.
 *
 * <p>Each assertion waits until it is true, up to the server's timeout (5 s unless set) or the limit of
 * {@link #within}. It fails at once when it can no longer become true, which is when the server was closed. If the
 * limit of the recording was reached, assertions on bytes that no complete exchange satisfies fail with that reason.
 * Text is UTF-8.
 *
 * @param <S> the type of the assertions
 * @param <A> the type of the actual value
 */
@SuppressWarnings("exports") // AssertJ is optional: a transitive requirement would force it on all users
public abstract class AbstractRecordingAssert<S extends AbstractRecordingAssert<S, A>, A> extends AbstractAssert<S, A> {

    private @Nullable Duration within;

    AbstractRecordingAssert(@Nullable A actual, Class<?> selfType) {
        super(actual, selfType);
    }

    /** Returns the recording of the actual value, which is not null. */
    abstract Recording recording();

    /**
     * Sets the maximum time that each following assertion waits, including the assertions of {@link #connection}.
     *
     * @param limit the limit; it replaces the server's timeout
     * @return these assertions
     * @throws IllegalArgumentException if the limit is negative
     */
    public S within(Duration limit) {
        within = Waiting.requireNotNegative("the limit", limit);
        return myself;
    }

    /**
     * Waits until there have been a number of connections, open or closed; on datagrams, of client addresses.
     *
     * <pre>{@code
     * // two clients have connected
     * assertThat(server).hasConnections(2); // succeeds
     * assertThat(server).hasConnections(1); // fails, at once
     * }</pre>
     *
     * @param count the number of connections, 0 or more
     * @return these assertions
     * @throws AssertionError if there are more, or they do not arrive within the timeout
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public S hasConnections(int count) {
        isNotNull();
        if (count < 0) {
            throw new IllegalArgumentException("expected " + count + " connections; 0 or more are allowed");
        }
        Arrivals arrivals = Arrivals.await(recording(), count, timeout());
        if (arrivals.count() != count) {
            throw missing(count == 1 ? "1 connection" : count + " connections", arrivals);
        }
        return myself;
    }

    /**
     * Waits for a connection and returns assertions on it; on datagrams, on the conversation with a client address.
     *
     * <pre>{@code
     * // one client has connected
     * assertThat(server).connection(0).closedByClient(); // is about that client
     * assertThat(server).connection(1);                  // fails
     * }</pre>
     *
     * @param index 0 for the first, in the order of acceptance
     * @return assertions on its exchange
     * @throws AssertionError if the connection does not arrive within the timeout, or the server was closed
     * @throws IllegalArgumentException if {@code index} is negative
     */
    public ExchangeAssert connection(int index) {
        isNotNull();
        if (index < 0) {
            throw new IllegalArgumentException("expected connection " + index + "; the first is 0");
        }
        Arrivals arrivals = Arrivals.await(recording(), index + 1, timeout());
        if (arrivals.count() <= index) {
            throw missing("connection " + index + " (the first is 0)", arrivals);
        }
        ExchangeAssert connection = new ExchangeAssert(recording().exchanges().get(index)).within(timeout());
        Description description = info.description();
        return description == null ? connection : connection.describedAs(description);
    }

    /**
     * Waits until all bytes received so far on some connection equal {@code text}; on datagrams, until some datagram
     * equals it.
     *
     * <pre>{@code
     * // clients have sent the datagrams "orders:1|c" and "errors:1|c"
     * assertThat(recording).received("errors:1|c"); // succeeds
     * assertThat(recording).received("errors");     // fails
     * }</pre>
     *
     * @param text the whole text, including the ends of lines
     * @return these assertions
     * @throws AssertionError if it does not arrive within the timeout, or the server was closed
     */
    public S received(String text) {
        return received(Bytes.ofText(text));
    }

    /**
     * Waits until the bytes of some connection or datagram equal {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all bytes
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     */
    public S received(byte[] bytes) {
        return received(Bytes.of(bytes));
    }

    /**
     * Waits until the bytes of some connection or datagram equal {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all bytes
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     */
    public S received(Bytes bytes) {
        return some(new Exactly(bytes));
    }

    /**
     * Waits until the bytes received so far on some connection contain {@code text}; on datagrams, until some datagram
     * contains it.
     *
     * <pre>{@code
     * // clients have sent the datagrams "orders:1|c" and "errors:1|c"
     * assertThat(recording).receivedContaining("errors"); // succeeds
     * assertThat(recording).receivedContaining("|g");     // fails
     * }</pre>
     *
     * @param text the text to wait for
     * @return these assertions
     * @throws AssertionError if it does not arrive within the timeout, or the server was closed
     */
    public S receivedContaining(String text) {
        return receivedContaining(Bytes.ofText(text));
    }

    /**
     * Waits until some connection or datagram contains {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes the bytes to wait for
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     */
    public S receivedContaining(byte[] bytes) {
        return receivedContaining(Bytes.of(bytes));
    }

    /**
     * Waits until some connection or datagram contains {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes the bytes to wait for
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     */
    public S receivedContaining(Bytes bytes) {
        return some(new Containing(bytes));
    }

    /**
     * Waits until the whole text received so far on some connection matches {@code regex}; on datagrams, until the
     * whole text of some datagram matches it.
     *
     * <pre>{@code
     * // clients have sent the datagrams "orders:1|c" and "errors:1|c"
     * assertThat(recording).receivedMatching("orders:\\d\\|c"); // succeeds
     * assertThat(recording).receivedMatching("orders");         // fails
     * }</pre>
     *
     * @param regex a regular expression of {@link Pattern}
     * @return these assertions
     * @throws AssertionError if no match arrives within the timeout, the server was closed, or the evaluation of the
     *     expression fails
     */
    public S receivedMatching(String regex) {
        return receivedMatching(Pattern.compile(regex));
    }

    /**
     * Waits until some connection or datagram matches {@code pattern}, as {@link #receivedMatching(String)} does.
     *
     * @param pattern a pattern; its flags apply
     * @return these assertions
     * @throws AssertionError if no match arrives within the timeout, the server was closed, or the evaluation of the
     *     expression fails
     */
    public S receivedMatching(Pattern pattern) {
        return some(new Matching(pattern, timeout()));
    }

    /**
     * Waits until some connection has received these parts in this order, with any bytes before, between and after
     * them. On datagrams, each part must be within one datagram of the same client address.
     *
     * <pre>{@code
     * // a client has sent "MAIL\r\nRCPT\r\nDATA\r\n"
     * assertThat(recording).receivedInOrder("MAIL", "DATA"); // succeeds
     * assertThat(recording).receivedInOrder("DATA", "MAIL"); // fails
     * }</pre>
     *
     * @param parts the parts, in order
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     */
    public S receivedInOrder(String... parts) {
        return some(new InOrder(bytes(parts)));
    }

    /**
     * Waits until the lines received so far on some connection are exactly these, in order; on datagrams, the datagrams
     * of some client address.
     *
     * <pre>{@code
     * // a client has sent "USER anna\r\nQUIT\r\n"
     * assertThat(recording).receivedLines("USER anna", "QUIT"); // succeeds
     * assertThat(recording).receivedLines("USER anna");         // fails
     * }</pre>
     *
     * @param lines the lines without their ends (LF or CRLF); an incomplete last line counts too
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     */
    public S receivedLines(String... lines) {
        return some(new Lines(bytes(lines)));
    }

    private static List<Bytes> bytes(String... texts) {
        return Arrays.stream(texts).map(Bytes::ofText).toList();
    }

    /**
     * Waits for the time {@code quiet} and verifies that no client has sent anything, neither in that time nor before.
     * Clients may connect.
     *
     * <pre>{@code
     * // a client has connected and waits for the greeting
     * assertThat(server).receivedNothing(Duration.ofMillis(200)); // succeeds, after 200 ms
     * // it has sent "EHLO client.test\r\n" before it
     * assertThat(server).receivedNothing(Duration.ofMillis(200)); // fails, at once
     * }</pre>
     *
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as any input arrives
     * @throws IllegalArgumentException if {@code quiet} is negative
     */
    public S receivedNothing(Duration quiet) {
        isNotNull();
        Optional<Exchange> breaker = Silence.during(recording(), quiet).breaker();
        if (breaker.isPresent()) {
            throw report(failure(
                    "%s",
                    Report.of(
                            recording().title() + ": " + Silence.complaint(quiet),
                            breaker.get().toString())));
        }
        return myself;
    }

    private S some(Expectation expectation) {
        isNotNull();
        Recording recording = recording();
        RecordingMatcher surveyor = new RecordingMatcher(recording, expectation);
        RecordingMatch survey = Waiting.until(recording, surveyor::look, RecordingMatch::isSettled, timeout());
        if (!survey.holds()) {
            String sentence = recording.title() + ": expected to receive " + expectation.words() + ", but "
                    + Report.why(survey.refusal(), timeout());
            List<RecordingMatch.Candidate> candidates = survey.candidates(expectation);
            if (candidates.isEmpty()) {
                throw report(failure("%s", Report.of(sentence, Report.dialogues(recording))));
            }
            RecordingMatch.Candidate nearest = RecordingMatch.nearest(candidates, expectation);
            Traffic traffic = nearest.traffic();
            String message = Report.of(
                    sentence,
                    RecordingMatch.describe(candidates, nearest, expectation)
                            + expectation.comparison(traffic, Direction.RECEIVED),
                    nearest.exchange().toString());
            throw report(
                    expectation.expected().isEmpty()
                            ? failure("%s", message)
                            : failureWithActualExpected(
                                    expectation.actual(traffic), expectation.expected(), "%s", message));
        }
        return myself;
    }

    private AssertionError missing(String what, Arrivals arrivals) {
        return report(failure(
                "%s",
                Report.of(
                        recording().title() + ": expected " + what + ", but " + arrivals.describe(timeout()),
                        Report.dialogues(recording()))));
    }

    private AssertionError report(AssertionError error) {
        return Report.note(error, info, recording());
    }

    private Duration timeout() {
        return Waiting.timeout(within, recording());
    }
}

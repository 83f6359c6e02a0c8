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
 * Assertions on all that a server has seen; {@link FakeServerAssert} and {@link RecordingAssert} have the same.
 *
 * <p>Each waits until it holds, up to the server's timeout (5 s unless set) or what {@link #within} sets, and fails at
 * once when it cannot come to hold any more, which is when the server was closed. Once the recording's limit is reached
 * and bytes are not kept, those on bytes that hold for no other exchange fail with that reason. Text is UTF-8.
 *
 * @param <S> the type of the assertions
 * @param <A> the type of what they are about
 */
@SuppressWarnings(
        "exports") // AssertJ is the user's own: a transitive requirement would ask for it where it is not used
public abstract class AbstractRecordingAssert<S extends AbstractRecordingAssert<S, A>, A> extends AbstractAssert<S, A> {

    private @Nullable Duration within;

    AbstractRecordingAssert(@Nullable A actual, Class<?> selfType) {
        super(actual, selfType);
    }

    /** The recording of what is not null. */
    abstract Recording recording();

    /**
     * Sets how long each of the assertions that follow waits at most, those of {@link #connection} included.
     *
     * @param limit in place of the server's timeout
     * @return these assertions
     * @throws IllegalArgumentException if it is negative
     */
    public S within(Duration limit) {
        within = Waiting.requireNotNegative("the limit", limit);
        return myself;
    }

    /**
     * Waits until there have been so many connections, open or not; for datagrams, so many source addresses.
     *
     * <pre>{@code
     * // two clients have connected
     * assertThat(server).hasConnections(2); // succeeds
     * assertThat(server).hasConnections(1); // fails, at once
     * }</pre>
     *
     * @param count how many, 0 or more
     * @return these assertions
     * @throws AssertionError if there are more, or as many do not come in time
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
     * Waits for a connection, and goes on to the assertions on it; for datagrams, on a source address.
     *
     * <pre>{@code
     * // one client has connected
     * assertThat(server).connection(0).closedByClient(); // is about that client
     * assertThat(server).connection(1);                  // fails
     * }</pre>
     *
     * @param index 0 for the first, in the order of acceptance
     * @return assertions on its exchange
     * @throws AssertionError if it does not come in time, or the server was closed
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
     * Waits until there is a connection on which all that the client has sent so far is {@code text}; for datagrams, until
     * there is a datagram that is {@code text}.
     *
     * <pre>{@code
     * // clients have sent the datagrams "orders:1|c" and "errors:1|c"
     * assertThat(recording).received("errors:1|c"); // succeeds
     * assertThat(recording).received("errors");     // fails
     * }</pre>
     *
     * @param text all of it, with the ends of lines
     * @return these assertions
     * @throws AssertionError if it does not come in time, or the server was closed
     */
    public S received(String text) {
        return received(Bytes.ofText(text));
    }

    /**
     * Waits until there is a connection, or datagram, that is {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all of them
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the server was closed
     */
    public S received(byte[] bytes) {
        return received(Bytes.of(bytes));
    }

    /**
     * Waits until there is a connection, or datagram, that is {@code bytes}, as {@link #received(String)} does.
     *
     * @param bytes all of them
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the server was closed
     */
    public S received(Bytes bytes) {
        return some(new Exactly(bytes));
    }

    /**
     * Waits until there is a connection on which what the client has sent contains {@code text}; for datagrams, a datagram
     * that does.
     *
     * <pre>{@code
     * // clients have sent the datagrams "orders:1|c" and "errors:1|c"
     * assertThat(recording).receivedContaining("errors"); // succeeds
     * assertThat(recording).receivedContaining("|g");     // fails
     * }</pre>
     *
     * @param text what to wait for
     * @return these assertions
     * @throws AssertionError if it does not come in time, or the server was closed
     */
    public S receivedContaining(String text) {
        return receivedContaining(Bytes.ofText(text));
    }

    /**
     * Waits until a connection, or datagram, contains {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes what to wait for
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the server was closed
     */
    public S receivedContaining(byte[] bytes) {
        return receivedContaining(Bytes.of(bytes));
    }

    /**
     * Waits until a connection, or datagram, contains {@code bytes}, as {@link #receivedContaining(String)} does.
     *
     * @param bytes what to wait for
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the server was closed
     */
    public S receivedContaining(Bytes bytes) {
        return some(new Containing(bytes));
    }

    /**
     * Waits until there is a connection on which all that the client has sent so far, as text, matches {@code regex} as a
     * whole; for datagrams, a datagram that does.
     *
     * <pre>{@code
     * // clients have sent the datagrams "orders:1|c" and "errors:1|c"
     * assertThat(recording).receivedMatching("orders:\\d\\|c"); // succeeds
     * assertThat(recording).receivedMatching("orders");         // fails
     * }</pre>
     *
     * @param regex see {@link Pattern}
     * @return these assertions
     * @throws AssertionError if nothing that matches comes in time, the server was closed, or the expression comes to no
     *     result
     */
    public S receivedMatching(String regex) {
        return receivedMatching(Pattern.compile(regex));
    }

    /**
     * Waits until a connection, or datagram, matches {@code pattern}, as {@link #receivedMatching(String)} does.
     *
     * @param pattern with its flags
     * @return these assertions
     * @throws AssertionError if nothing that matches comes in time, the server was closed, or the expression comes to no
     *     result
     */
    public S receivedMatching(Pattern pattern) {
        return some(new Matching(pattern, timeout()));
    }

    /**
     * Waits until there is a connection on which the client has sent these parts one after the other, whatever stands
     * before, between and behind them; for datagrams, a source address, each part within one datagram.
     *
     * <pre>{@code
     * // a client has sent "MAIL\r\nRCPT\r\nDATA\r\n"
     * assertThat(recording).receivedInOrder("MAIL", "DATA"); // succeeds
     * assertThat(recording).receivedInOrder("DATA", "MAIL"); // fails
     * }</pre>
     *
     * @param parts in their order
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the server was closed
     */
    public S receivedInOrder(String... parts) {
        return some(new InOrder(bytes(parts)));
    }

    /**
     * Waits until there is a connection on which the lines that the client has sent so far are these, in order; for
     * datagrams, a source address that has sent these.
     *
     * <pre>{@code
     * // a client has sent "USER anna\r\nQUIT\r\n"
     * assertThat(recording).receivedLines("USER anna", "QUIT"); // succeeds
     * assertThat(recording).receivedLines("USER anna");         // fails
     * }</pre>
     *
     * @param lines without their ends (LF or CRLF); the last one counts even if its end has not come
     * @return these assertions
     * @throws AssertionError if they do not come in time, or the server was closed
     */
    public S receivedLines(String... lines) {
        return some(new Lines(bytes(lines)));
    }

    private static List<Bytes> bytes(String... texts) {
        return Arrays.stream(texts).map(Bytes::ofText).toList();
    }

    /**
     * Waits {@code quiet} long and expects that no client has sent anything until then, not even before; connections may
     * be made.
     *
     * <pre>{@code
     * // a client has connected and waits for the greeting
     * assertThat(server).receivedNothing(Duration.ofMillis(200)); // succeeds, after 200 ms
     * // it has sent "EHLO client.test\r\n" before it
     * assertThat(server).receivedNothing(Duration.ofMillis(200)); // fails, at once
     * }</pre>
     *
     * @param quiet how long; {@link #within} means nothing here
     * @return these assertions
     * @throws AssertionError if something has come, as soon as it does
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

package io.socketharness.assertj;

import io.socketharness.internal.recording.Report;
import io.socketharness.internal.script.text.Hex;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Recording;
import io.socketharness.script.Behaviours;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
public abstract class AbstractRecordingAssert<S extends AbstractRecordingAssert<S, A>, A>
        extends AbstractConnectionsAssert<S, A> {

    AbstractRecordingAssert(@Nullable A actual, Class<?> selfType) {
        super(actual, selfType);
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
     * Waits until the bytes of some connection or datagram equal bytes written in hex, as {@link #received(String)}
     * does. The hex may contain text in quotes, with the escapes of {@code S<}, and base64, as in
     * {@link Behaviours#sendHex}. Variables are not allowed.
     *
     * @param hex all bytes, such as {@code 01 0002 "OK"}, with or without white space between the bytes
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     * @throws IllegalArgumentException if the hex is malformed
     */
    public S receivedHex(String hex) {
        return received(Hex.bytes(hex));
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
     * Waits until some connection or datagram contains bytes written in hex, as {@link #receivedContaining(String)}
     * does.
     *
     * @param hex such as {@code 00 02 "OK"}, see {@link #receivedHex}
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     * @throws IllegalArgumentException if the hex is malformed
     */
    public S receivedContainingHex(String hex) {
        return receivedContaining(Hex.bytes(hex));
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
     * Waits until some connection has received these parts, written in hex, in this order, as {@link #receivedInOrder}
     * does.
     *
     * @param parts the parts, in order, such as {@code 00 02 "OK"}, see {@link #receivedHex}
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed
     * @throws IllegalArgumentException if the hex is malformed
     */
    public S receivedInOrderHex(String... parts) {
        return some(new InOrder(Arrays.stream(parts).map(Hex::bytes).toList()));
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
        return silent(new Unwanted.Anything(), quiet);
    }

    /**
     * Waits for the time {@code quiet} and verifies that no client has sent {@code text}, neither in that time nor
     * before. On datagrams, no datagram may contain it. Other input may arrive.
     *
     * <pre>{@code
     * // a client has sent "EHLO client.test\r\n" over an unencrypted connection
     * assertThat(server).receivedNothingContaining("AUTH", Duration.ofMillis(200)); // succeeds, after 200 ms
     * assertThat(server).receivedNothingContaining("EHLO", Duration.ofMillis(200)); // fails, at once
     * }</pre>
     *
     * @param text the text that must not arrive
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the text arrives, or if not all input is kept
     * @throws IllegalArgumentException if {@code text} is empty, or {@code quiet} is negative
     */
    public S receivedNothingContaining(String text, Duration quiet) {
        return receivedNothingContaining(Bytes.ofText(text), quiet);
    }

    /**
     * Verifies that no client sends {@code bytes}, as {@link #receivedNothingContaining(String, Duration)} does.
     *
     * @param bytes the bytes that must not arrive
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the bytes arrive, or if not all input is kept
     * @throws IllegalArgumentException if {@code bytes} is empty, or {@code quiet} is negative
     */
    public S receivedNothingContaining(byte[] bytes, Duration quiet) {
        return receivedNothingContaining(Bytes.of(bytes), quiet);
    }

    /**
     * Verifies that no client sends {@code bytes}, as {@link #receivedNothingContaining(String, Duration)} does.
     *
     * @param bytes the bytes that must not arrive
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the bytes arrive, or if not all input is kept
     * @throws IllegalArgumentException if {@code bytes} is empty, or {@code quiet} is negative
     */
    public S receivedNothingContaining(Bytes bytes, Duration quiet) {
        return silent(new Unwanted.Part(bytes), quiet);
    }

    /**
     * Verifies that no client sends bytes written in hex, as {@link #receivedNothingContaining(String, Duration)} does.
     *
     * @param hex such as {@code 00 02 "OK"}, see {@link #receivedHex}
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as the bytes arrive, or if not all input is kept
     * @throws IllegalArgumentException if the hex is malformed or empty, or {@code quiet} is negative
     */
    public S receivedNothingContainingHex(String hex, Duration quiet) {
        return receivedNothingContaining(Hex.bytes(hex), quiet);
    }

    private S silent(Unwanted unwanted, Duration quiet) {
        isNotNull();
        Optional<Silence.Breach> breach = Silence.during(recording(), unwanted, quiet);
        if (breach.isPresent()) {
            String dialogue = breach.get().exchange().toString();
            throw failure(Reports.of(recording(), breach.get().complaint(), List.of(), dialogue));
        }
        return myself;
    }

    private S some(Expectation expectation) {
        isNotNull();
        Recording recording = recording();
        RecordingMatcher surveyor = new RecordingMatcher(recording, expectation);
        RecordingMatch survey = Waiting.until(recording, surveyor::look, RecordingMatch::isSettled, timeout());
        if (!survey.holds()) {
            String sentence = "expected to receive " + expectation.words() + ", but "
                    + ErrorText.why(survey.refusal(), timeout());
            List<RecordingMatch.Candidate> candidates = survey.candidates(expectation);
            if (candidates.isEmpty()) {
                throw failure(Reports.of(recording, sentence, List.of(), ErrorText.dialogues(recording)));
            }
            RecordingMatch.Candidate nearest = RecordingMatch.nearest(candidates, expectation);
            Traffic traffic = nearest.traffic();
            String which = RecordingMatch.describe(candidates, nearest, expectation);
            Report report = Reports.of(
                    recording,
                    sentence,
                    Reports.headed(which, expectation.comparison(traffic, Direction.RECEIVED)),
                    nearest.exchange().toString());
            throw expectation.expected().isEmpty()
                    ? failure(report)
                    : report(
                            failureWithActualExpected(
                                    expectation.actual(traffic), expectation.expected(), "%s", report.text()),
                            report);
        }
        return myself;
    }
}

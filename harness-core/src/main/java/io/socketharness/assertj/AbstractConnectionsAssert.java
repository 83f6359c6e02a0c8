package io.socketharness.assertj;

import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.Report;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.description.Description;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the connections that a server has recorded, and the limit of the waits. They are part of
 * {@link AbstractRecordingAssert}.
 *
 * @param <S> the type of the assertions
 * @param <A> the type of the actual value
 */
@SuppressWarnings("exports") // AssertJ is optional: a transitive requirement would force it on all users
public abstract class AbstractConnectionsAssert<S extends AbstractConnectionsAssert<S, A>, A>
        extends AbstractAssert<S, A> {

    private static final int NOT_COUNTED = -1;

    private @Nullable Duration within;
    private int counted = NOT_COUNTED;

    AbstractConnectionsAssert(@Nullable A actual, Class<?> selfType) {
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
        Arrivals arrivals = count(count);
        if (arrivals.count() != count) {
            throw missing(connections(count), arrivals);
        }
        return myself;
    }

    /**
     * Waits until there have been at least a number of connections, open or closed; on datagrams, of client addresses.
     * Use it for a client that connects an unknown number of times.
     *
     * <pre>{@code
     * // two clients have connected
     * assertThat(server).hasConnectionsAtLeast(1); // succeeds
     * assertThat(server).hasConnectionsAtLeast(3); // fails
     * }</pre>
     *
     * @param count the minimum number of connections, 0 or more
     * @return these assertions
     * @throws AssertionError if they do not arrive within the timeout, or the server was closed before
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public S hasConnectionsAtLeast(int count) {
        Arrivals arrivals = count(count);
        if (arrivals.count() < count) {
            throw missing("at least " + connections(count), arrivals);
        }
        return myself;
    }

    private Arrivals count(int wanted) {
        isNotNull();
        if (wanted < 0) {
            throw new IllegalArgumentException("expected " + wanted + " connections; 0 or more are allowed");
        }
        Arrivals arrivals = Arrivals.await(recording(), wanted, timeout());
        counted = arrivals.count();
        return arrivals;
    }

    private static String connections(int count) {
        return count == 1 ? "1 connection" : count + " connections";
    }

    /**
     * Waits for the time {@code quiet} and verifies that no further connection is opened; on datagrams, that no further
     * client address sends anything. If the server was closed, this method does not wait.
     *
     * <p>After {@link #hasConnections} or {@link #hasConnectionsAtLeast} in the same chain, further connections are
     * those that it has not counted. Otherwise they are those that arrive after the call of this method.
     *
     * <pre>{@code
     * // a client has connected, and does not connect again
     * assertThat(server).hasConnections(1).hasNoFurtherConnections(Duration.ofMillis(200)); // succeeds, after 200 ms
     * // it connects again after 50 ms
     * assertThat(server).hasConnections(1).hasNoFurtherConnections(Duration.ofMillis(200)); // fails, after 50 ms
     * }</pre>
     *
     * @param quiet the time to wait; {@link #within} does not apply
     * @return these assertions
     * @throws AssertionError as soon as a further connection arrives
     * @throws IllegalArgumentException if {@code quiet} is negative
     */
    public S hasNoFurtherConnections(Duration quiet) {
        isNotNull();
        Waiting.requireNotNegative("the quiet time", quiet);
        int known = counted == NOT_COUNTED
                ? Arrivals.await(recording(), 0, Duration.ZERO).count()
                : counted;
        if (Arrivals.await(recording(), known + 1, quiet).count() > known) {
            String sentence = "expected no further connections for " + Durations.describe(quiet) + ", but connection "
                    + known + " (the first is 0) was opened";
            throw unmet(sentence, recording().exchanges().get(known).toString());
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

    private AssertionError missing(String what, Arrivals arrivals) {
        return unmet("expected " + what + ", but " + arrivals.describe(timeout()), ErrorText.dialogues(recording()));
    }

    private AssertionError unmet(String sentence, String dialogues) {
        return failure(Reports.of(recording(), sentence, List.of(), dialogues));
    }

    AssertionError failure(Report report) {
        return report(failure("%s", report.text()), report);
    }

    AssertionError report(AssertionError error, Report report) {
        return Reports.note(error, report, info, recording());
    }

    Duration timeout() {
        return Waiting.timeout(within, recording());
    }
}

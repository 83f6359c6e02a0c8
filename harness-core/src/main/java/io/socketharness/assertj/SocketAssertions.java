package io.socketharness.assertj;

import io.socketharness.FakeServer;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the assertions on what a server has seen. It can be imported beside AssertJ's own:
 *
 * <pre>{@code
 * import static io.socketharness.assertj.SocketAssertions.assertThat;
 * import static org.assertj.core.api.Assertions.assertThat;
 * }</pre>
 *
 * <p>The assertions wait until they hold, up to the server's timeout (5 s unless set) or what {@code within} sets, and
 * fail at once when they cannot come to hold any more. They work under {@code as(…)} and in
 * {@code SoftAssertions.check(…)}.
 */
@SuppressWarnings(
        "exports") // AssertJ is the user's own: a transitive requirement would ask for it where it is not used
public final class SocketAssertions {

    private SocketAssertions() {}

    /**
     * Begins assertions on what a server has seen.
     *
     * @param actual the server
     * @return its assertions
     */
    public static FakeServerAssert assertThat(@Nullable FakeServer actual) {
        return new FakeServerAssert(actual);
    }

    /**
     * Begins assertions on what a server has seen.
     *
     * @param actual its recording
     * @return its assertions
     */
    public static RecordingAssert assertThat(@Nullable Recording actual) {
        return new RecordingAssert(actual);
    }

    /**
     * Begins assertions on what was seen on one connection.
     *
     * @param actual the exchange
     * @return its assertions
     */
    public static ExchangeAssert assertThat(@Nullable Exchange actual) {
        return new ExchangeAssert(actual);
    }
}

package io.socketharness.assertj;

import io.socketharness.FakeServer;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the assertions on servers, recordings and exchanges. It can be imported together with AssertJ's own:
 *
 * <pre>{@code
 * import static io.socketharness.assertj.SocketAssertions.assertThat;
 * import static org.assertj.core.api.Assertions.assertThat;
 * }</pre>
 *
 * <p>The assertions wait until they are true, up to the server's timeout (5 s unless set) or the limit of
 * {@code within}. They fail at once when they can no longer become true. They work with {@code as(…)} and in
 * {@code SoftAssertions.check(…)}.
 */
@SuppressWarnings("exports") // AssertJ is optional: a transitive requirement would force it on all users
public final class SocketAssertions {

    private SocketAssertions() {}

    /**
     * Returns assertions on the recording of a server.
     *
     * @param actual the server
     * @return its assertions
     */
    public static FakeServerAssert assertThat(@Nullable FakeServer actual) {
        return new FakeServerAssert(actual);
    }

    /**
     * Returns assertions on a recording.
     *
     * @param actual the recording
     * @return its assertions
     */
    public static RecordingAssert assertThat(@Nullable Recording actual) {
        return new RecordingAssert(actual);
    }

    /**
     * Returns assertions on one connection.
     *
     * @param actual the exchange
     * @return its assertions
     */
    public static ExchangeAssert assertThat(@Nullable Exchange actual) {
        return new ExchangeAssert(actual);
    }
}

package io.socketharness.assertj;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import org.jspecify.annotations.Nullable;

/** Assertions on what a server has seen, see {@link AbstractRecordingAssert}. */
@SuppressWarnings(
        "exports") // AssertJ is the user's own: a transitive requirement would ask for it where it is not used
public class FakeServerAssert extends AbstractRecordingAssert<FakeServerAssert, FakeServer> {

    /**
     * Begins assertions; {@link SocketAssertions#assertThat(FakeServer)} does so for tests.
     *
     * @param actual the server
     */
    public FakeServerAssert(@Nullable FakeServer actual) {
        super(actual, FakeServerAssert.class);
    }

    @Override
    Recording recording() {
        return actual.recording();
    }
}

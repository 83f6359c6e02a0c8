package io.socketharness.assertj;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import org.jspecify.annotations.Nullable;

/** Assertions on everything that a server has recorded, see {@link AbstractRecordingAssert}. */
@SuppressWarnings("exports") // AssertJ is optional: a transitive requirement would force it on all users
public class FakeServerAssert extends AbstractRecordingAssert<FakeServerAssert, FakeServer> {

    /**
     * Creates assertions. Tests use {@link SocketAssertions#assertThat(FakeServer)}.
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

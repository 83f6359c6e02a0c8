package io.socketharness.assertj;

import io.socketharness.recording.Recording;
import org.jspecify.annotations.Nullable;

/** Assertions on what was recorded, see {@link AbstractRecordingAssert}. */
@SuppressWarnings(
        "exports") // AssertJ is the user's own: a transitive requirement would ask for it where it is not used
public class RecordingAssert extends AbstractRecordingAssert<RecordingAssert, Recording> {

    /**
     * Begins assertions; {@link SocketAssertions#assertThat(Recording)} does so for tests.
     *
     * @param actual the recording
     */
    public RecordingAssert(@Nullable Recording actual) {
        super(actual, RecordingAssert.class);
    }

    @Override
    Recording recording() {
        return actual;
    }
}

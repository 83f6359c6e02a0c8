package io.socketharness.assertj;

import io.socketharness.recording.Recording;
import org.jspecify.annotations.Nullable;

/** Assertions on a recording, see {@link AbstractRecordingAssert}. */
@SuppressWarnings("exports") // AssertJ is optional: a transitive requirement would force it on all users
public class RecordingAssert extends AbstractRecordingAssert<RecordingAssert, Recording> {

    /**
     * Creates assertions. Tests use {@link SocketAssertions#assertThat(Recording)}.
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

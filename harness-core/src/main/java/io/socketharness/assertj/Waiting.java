package io.socketharness.assertj;

import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.RecordingWait;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits until an assertion on a recording is decided. */
final class Waiting {

    private Waiting() {}

    /** Returns the last result, when it is settled or the time has expired. */
    static <T> T until(Recording recording, Supplier<T> look, Predicate<T> settled, Duration within) {
        return RecordingWait.until(Recorder.of(recording), look, settled, within);
    }

    static Duration timeout(@Nullable Duration own, Recording recording) {
        return own == null ? recording.timeout() : own;
    }

    static Duration requireNotNegative(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " is " + duration + "; 0 or more is allowed");
        }
        return duration;
    }
}

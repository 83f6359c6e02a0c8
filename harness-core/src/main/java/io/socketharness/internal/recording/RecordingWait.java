package io.socketharness.internal.recording;

import io.socketharness.internal.Durations;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits on a recording, from event to event, until what is looked at is settled. */
public final class RecordingWait {

    private RecordingWait() {}

    /**
     * Looks at a recording until what is seen is settled or the time is over. Data that the system holds already counts.
     *
     * @param recorder writes the recording
     * @param look looks at it; must not block
     * @param settled whether what was seen cannot change any more, or need not
     * @param within how long to wait at most
     * @param <T> what is seen
     * @return what was seen last
     */
    public static <T> T until(Recorder recorder, Supplier<T> look, Predicate<T> settled, Duration within) {
        recorder.takeIn();
        Look<T> last = new Look<>(look);
        if (!settled.test(last.seen)) {
            recorder.awaitWithIntake(() -> settled.test(last.again()), within);
        }
        return last.seen;
    }

    private static final class Look<T> {

        private final Supplier<T> look;
        private T seen;

        Look(Supplier<T> look) {
            this.look = look;
            this.seen = look.get();
        }

        T again() {
            seen = look.get();
            return seen;
        }
    }

    /**
     * Waits for something up to the server's timeout.
     *
     * @param recorder writes the recording
     * @param subject whose server or connection it is, in words
     * @param what is waited for, in words; asked when it has not come
     * @param holds whether it has come; stays true
     * @param never why it cannot come any more, in words; empty while it can
     * @param seen shown below the failure
     * @throws AssertionError if it does not come in time, or cannot come any more
     */
    public static void require(
            Recorder recorder,
            String subject,
            Supplier<String> what,
            BooleanSupplier holds,
            Supplier<String> never,
            Object seen) {
        Duration within = recorder.timeout();
        boolean settled = recorder.awaitWithIntake(
                () -> holds.getAsBoolean() || !never.get().isEmpty(), within);
        if (!holds.getAsBoolean()) {
            String end = settled ? "but " + never.get() : "for " + Durations.describe(within);
            throw recorder.reportedBy(
                    new AssertionError(subject + ": waited for " + what.get() + ", " + end + "\n\n" + seen));
        }
    }
}

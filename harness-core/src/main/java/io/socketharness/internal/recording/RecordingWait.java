package io.socketharness.internal.recording;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits on a recording, from event to event, until a condition is settled. */
public final class RecordingWait {

    private RecordingWait() {}

    /**
     * Evaluates a recording until the result is settled or the time is over. Pending input counts.
     *
     * @param recorder of the recording
     * @param look evaluates it; must not block
     * @param settled whether the result cannot change any more, or need not
     * @param within the longest wait
     * @param <T> the result
     * @return the last result
     */
    public static <T> T until(Recorder recorder, Supplier<T> look, Predicate<T> settled, Duration within) {
        recorder.drain();
        Look<T> last = new Look<>(look);
        if (!settled.test(last.seen)) {
            recorder.awaitDraining(() -> settled.test(last.again()), within);
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
     * Waits up to the server's timeout.
     *
     * @param recorder of the recording
     * @param subject the server or connection, in words
     * @param what is awaited, in words; used only in the failure
     * @param holds whether it is true; stays true
     * @param never why it cannot become true any more, in words; empty while it can
     * @param seen shown below the failure
     * @throws AssertionError if it is not true in time, or cannot become true any more
     */
    public static void require(
            Recorder recorder,
            String subject,
            Supplier<String> what,
            BooleanSupplier holds,
            Supplier<String> never,
            Object seen) {
        Duration within = recorder.timeout();
        boolean settled = recorder.awaitDraining(
                () -> holds.getAsBoolean() || !never.get().isEmpty(), within);
        if (!holds.getAsBoolean()) {
            String end = settled ? "but " + never.get() : "for " + Durations.describe(within);
            Exchange exchange = seen instanceof Exchange about ? about : null;
            String headline = "waited for " + what.get() + ", " + end;
            Report report = new Report(exchange, subject + ": ", headline, List.of(), String.valueOf(seen), List.of());
            throw recorder.reportedBy(new AssertionError(report.text()), report);
        }
    }
}

package io.socketharness.assertj;

import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at a recording at each of its events, until what is seen is settled. */
final class Waiting<T> {

    private final Supplier<T> look;
    private final Predicate<T> settled;
    private T seen;

    private Waiting(Supplier<T> look, Predicate<T> settled) {
        this.look = look;
        this.settled = settled;
        this.seen = look.get();
    }

    /** What was seen last: it is settled, or the time is over. */
    static <T> T until(Recording recording, Supplier<T> look, Predicate<T> settled, Duration within) {
        takeIn(recording);
        Waiting<T> waiting = new Waiting<>(look, settled);
        if (!settled.test(waiting.seen)) {
            boolean unused = recording.await(r -> waiting.isSettled(), within);
        }
        return waiting.seen;
    }

    private boolean isSettled() {
        seen = look.get();
        return settled.test(seen);
    }

    /** What the system holds already counts: "two connections" is wrong if a third one has been made. */
    private static void takeIn(Recording recording) {
        boolean unused = recording.await(r -> false, Duration.ZERO);
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

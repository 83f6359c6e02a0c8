package io.socketharness.internal.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The validity of a certificate, as specified.
 *
 * @param from the first moment, a day ago if null
 * @param until the last moment, computed from the duration if null
 * @param duration from the first moment if that is specified, otherwise from now
 */
public record Validity(@Nullable Instant from, @Nullable Instant until, Duration duration) {

    /** The clocks of containers and virtual machines may differ by a time zone. */
    private static final Duration BEFORE_NOW = Duration.ofDays(1);

    public static Validity lasting(Duration duration) {
        return new Validity(null, null, duration);
    }

    public Validity withFrom(Instant first) {
        return new Validity(first, until, duration);
    }

    public Validity withUntil(Instant last) {
        return new Validity(from, last, duration);
    }

    public Validity withDuration(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A certificate cannot be valid for " + time + "; expected more than 0");
        }
        return new Validity(from, null, time);
    }

    /** Certificates have no fractions of a second (RFC 5280, 4.1.2.5). */
    public Period period() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant first = from == null ? now.minus(BEFORE_NOW) : from.truncatedTo(ChronoUnit.SECONDS);
        Instant last = until == null
                ? Objects.requireNonNullElse(from, now).plus(duration).truncatedTo(ChronoUnit.SECONDS)
                : until.truncatedTo(ChronoUnit.SECONDS);
        if (last.isBefore(first)) {
            throw new IllegalArgumentException(
                    "A certificate cannot be valid from " + first + " until " + last + ", which is earlier");
        }
        return new Period(first, last);
    }

    /**
     * The complete period.
     *
     * @param from the first moment
     * @param until the last moment
     */
    record Period(Instant from, Instant until) {}
}

package io.socketharness.internal.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a sweep.
 *
 * @param tolerated the exceptions that a test may throw
 * @param timeLimit the time limit of each run; empty for three times the clean run plus the server's timeout
 * @param maxTime when no more runs begin
 * @param max how many runs there are at most
 * @param once what a client must not repeat
 * @param masks what may differ between runs
 * @param lastReplyNeeded whether the test needs the server's last message
 * @param threads how many runs happen at the same time
 * @param only the only faults to run; empty for all
 */
public record SweepSettings(
        List<Class<? extends Throwable>> tolerated,
        Optional<Duration> timeLimit,
        Duration maxTime,
        int max,
        List<Pattern> once,
        List<Pattern> masks,
        boolean lastReplyNeeded,
        int threads,
        String only) {

    /** The property for the name of the only fault to run. */
    public static final String ONLY = "socketharness.sweep.only";

    public SweepSettings withTolerated(List<Class<? extends Throwable>> value) {
        return new SweepSettings(value, timeLimit, maxTime, max, once, masks, lastReplyNeeded, threads, only);
    }

    public SweepSettings withTimeLimit(Duration value) {
        return new SweepSettings(
                tolerated, Optional.of(value), maxTime, max, once, masks, lastReplyNeeded, threads, only);
    }

    public SweepSettings withMaxTime(Duration value) {
        return new SweepSettings(tolerated, timeLimit, value, max, once, masks, lastReplyNeeded, threads, only);
    }

    public SweepSettings withMax(int value) {
        return new SweepSettings(tolerated, timeLimit, maxTime, value, once, masks, lastReplyNeeded, threads, only);
    }

    public SweepSettings withOnce(List<Pattern> value) {
        return new SweepSettings(tolerated, timeLimit, maxTime, max, value, masks, lastReplyNeeded, threads, only);
    }

    public SweepSettings withMasks(List<Pattern> value) {
        return new SweepSettings(tolerated, timeLimit, maxTime, max, once, value, lastReplyNeeded, threads, only);
    }

    public SweepSettings withLastReplyNeeded(boolean value) {
        return new SweepSettings(tolerated, timeLimit, maxTime, max, once, masks, value, threads, only);
    }

    public SweepSettings withThreads(int value) {
        return new SweepSettings(tolerated, timeLimit, maxTime, max, once, masks, lastReplyNeeded, value, only);
    }

    public SweepSettings withOnly(String value) {
        return new SweepSettings(tolerated, timeLimit, maxTime, max, once, masks, lastReplyNeeded, threads, value);
    }

    /** The only fault of the system property, if it is set. */
    public SweepSettings withPropertyOnly() {
        String property = System.getProperty(ONLY, "");
        return property.isEmpty() ? this : withOnly(property);
    }
}

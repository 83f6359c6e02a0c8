package io.socketharness.assertj;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether clients have sent nothing.
 *
 * @param breaker the first exchange that received something
 * @param isOver whether no more input can arrive
 */
record Silence(Optional<Exchange> breaker, boolean isOver) {

    static Silence during(Exchange exchange, Duration quiet) {
        Waiting.requireNotNegative("the quiet time", quiet);
        return Waiting.until(
                exchange.recording(),
                () -> {
                    // Read the end first, so that input that arrives in between counts.
                    boolean over = !Direction.RECEIVED.end(exchange).isEmpty();
                    return new Silence(breaker(List.of(exchange)), over);
                },
                Silence::isSettled,
                quiet);
    }

    static Silence during(Recording recording, Duration quiet) {
        Waiting.requireNotNegative("the quiet time", quiet);
        return Waiting.until(
                recording,
                () -> {
                    boolean over = recording.isEnded();
                    return new Silence(breaker(recording.exchanges()), over);
                },
                Silence::isSettled,
                quiet);
    }

    private static Optional<Exchange> breaker(List<Exchange> exchanges) {
        return exchanges.stream().filter(e -> e.has(Event.Kind.RECEIVED)).findFirst();
    }

    private boolean isSettled() {
        return breaker.isPresent() || isOver;
    }

    static String complaint(Duration quiet) {
        return "expected to receive nothing for " + Durations.describe(quiet) + ", but bytes arrived";
    }
}

package io.socketharness.assertj;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether clients have sent nothing, or nothing with certain bytes. */
record Silence(Optional<Breach> breach, boolean isOver) {

    /**
     * Input that breaks the silence.
     *
     * @param exchange the first exchange with such input
     * @param complaint what was expected, and what was found
     */
    record Breach(Exchange exchange, String complaint) {}

    static Optional<Breach> during(Exchange exchange, Unwanted unwanted, Duration quiet) {
        Waiting.requireNotNegative("the quiet time", quiet);
        return Waiting.until(
                        exchange.recording(),
                        () -> {
                            // Read the end first, so that input that arrives in between counts.
                            boolean over = !Direction.RECEIVED.end(exchange).isEmpty();
                            return new Silence(breach(List.of(exchange), unwanted, quiet), over);
                        },
                        Silence::isSettled,
                        quiet)
                .breach();
    }

    static Optional<Breach> during(Recording recording, Unwanted unwanted, Duration quiet) {
        Waiting.requireNotNegative("the quiet time", quiet);
        return Waiting.until(
                        recording,
                        () -> {
                            boolean over = recording.isEnded();
                            return new Silence(breach(recording.exchanges(), unwanted, quiet), over);
                        },
                        Silence::isSettled,
                        quiet)
                .breach();
    }

    private static Optional<Breach> breach(List<Exchange> exchanges, Unwanted unwanted, Duration quiet) {
        for (Exchange exchange : exchanges) {
            String found = unwanted.in(exchange);
            if (!found.isEmpty()) {
                return Optional.of(new Breach(
                        exchange,
                        "expected to receive " + unwanted.words() + " for " + Durations.describe(quiet) + ", but "
                                + found));
            }
        }
        return Optional.empty();
    }

    private boolean isSettled() {
        return breach.isPresent() || isOver;
    }
}

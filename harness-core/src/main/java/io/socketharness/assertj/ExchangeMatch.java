package io.socketharness.assertj;

import io.socketharness.internal.script.engine.RegexRun;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The result of evaluating an assertion on an exchange once.
 *
 * @param holds whether the assertion is true
 * @param refusal why it can no longer become true; empty if it can
 * @param traffic the evaluated bytes, if the report shows them
 */
record ExchangeMatch(boolean holds, String refusal, Optional<Traffic> traffic) {

    static ExchangeMatch of(boolean holds, String refusal) {
        return new ExchangeMatch(holds, refusal, Optional.empty());
    }

    /** Evaluates an expectation. {@code holds} is its {@linkplain Expectation#watch() watch}. */
    static ExchangeMatch of(Exchange exchange, Direction direction, Expectation expectation, Predicate<Traffic> holds) {
        // In this order, bytes that arrive in between are included, and missing bytes are noticed.
        String end = direction.end(exchange);
        Traffic traffic = direction.traffic(exchange);
        if (!exchange.isComplete()) {
            return of(false, notKept(exchange.recording()));
        }
        try {
            if (holds.test(traffic)) {
                return of(true, "");
            }
            boolean possible = expectation.canComeToHold(traffic);
            return new ExchangeMatch(
                    false, possible ? end : "the " + direction.participle + " bytes differ", Optional.of(traffic));
        } catch (RegexRun.Failed noResult) {
            return new ExchangeMatch(false, String.valueOf(noResult.getMessage()), Optional.of(traffic));
        }
    }

    boolean isSettled() {
        return holds || !refusal.isEmpty();
    }

    /**
     * Returns how an exchange that has {@code ended} came to its end, with failures first; empty if it has not ended.
     */
    static String end(Exchange exchange, boolean ended, Event.Kind... how) {
        boolean over = exchange.recording().isEnded();
        Optional<Event> failure = failure(exchange);
        if (failure.isPresent() && exchange.has(Event.Kind.TLS_FAILED)) {
            return failure.get().detail();
        }
        for (Event.Kind kind : how) {
            if (ended && exchange.has(kind)) {
                return failure.map(Event::detail).orElse("it was " + kind);
            }
        }
        return over ? failure.map(Event::detail).orElse("the server was closed") : "";
    }

    /** Returns the first failure, of TLS or of the script. */
    private static Optional<Event> failure(Exchange exchange) {
        return exchange.events().stream()
                .filter(event -> event.kind() == Event.Kind.TLS_FAILED || event.kind() == Event.Kind.FAILED)
                .findFirst();
    }

    static String notKept(Recording recording) {
        return "not all bytes are kept, "
                + recording.exchanges().stream()
                        .flatMap(exchange -> AbstractExchangeAssert.detail(exchange, Event.Kind.LIMIT_REACHED).stream())
                        .findFirst()
                        .orElse("the recording's limit was reached")
                + ". Set a higher recordingLimit.";
    }
}

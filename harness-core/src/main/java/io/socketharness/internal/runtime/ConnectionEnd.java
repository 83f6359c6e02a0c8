package io.socketharness.internal.runtime;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a connection ended, for the report of another one. */
final class ConnectionEnd {

    private static final Set<Event.Kind> ENDS = Set.of(
            Event.Kind.HALF_CLOSED_BY_CLIENT,
            Event.Kind.RESET_BY_CLIENT,
            Event.Kind.RESET_BY_SERVER,
            Event.Kind.CLOSED);

    private ConnectionEnd() {}

    /**
     * Such as {@code it was closed by the client after 3.1 ms}. A failure comes first, because it makes the server
     * close.
     */
    static String of(Exchange exchange) {
        return first(exchange, Set.of(Event.Kind.FAILED, Event.Kind.TLS_FAILED))
                .map(event -> "after " + age(exchange, event) + ", " + event.detail())
                .or(() ->
                        first(exchange, ENDS).map(event -> "it was " + event.kind() + " after " + age(exchange, event)))
                .orElse("it is still open");
    }

    private static Optional<Event> first(Exchange exchange, Set<Event.Kind> kinds) {
        return exchange.events().stream()
                .filter(event -> kinds.contains(event.kind()))
                .findFirst();
    }

    private static String age(Exchange exchange, Event event) {
        Duration age = event.at().minus(exchange.events().get(0).at());
        return String.format(Locale.ROOT, "%.1f ms", age.toNanos() / 1e6);
    }
}

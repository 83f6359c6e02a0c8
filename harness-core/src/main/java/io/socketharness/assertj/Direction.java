package io.socketharness.assertj;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;

/** The direction of bytes, and the reason why no more can follow. */
enum Direction {
    RECEIVED("receive", "received") {
        @Override
        Traffic traffic(Exchange exchange) {
            return exchange.isDatagrams()
                    ? Traffic.datagrams(exchange.received(), exchange.events(), Event.Kind.RECEIVED)
                    : Traffic.stream(exchange.received());
        }

        /** A closed conversation of datagrams still records input. */
        @Override
        String end(Exchange exchange) {
            boolean ended = !exchange.isDatagrams() && exchange.isEnded();
            return ExchangeMatch.end(
                    exchange,
                    ended,
                    Event.Kind.RESET_BY_CLIENT,
                    Event.Kind.HALF_CLOSED_BY_CLIENT,
                    Event.Kind.RESET_BY_SERVER,
                    Event.Kind.CLOSED);
        }
    },
    SENT("send", "sent") {
        @Override
        Traffic traffic(Exchange exchange) {
            return exchange.isDatagrams()
                    ? Traffic.datagrams(exchange.sent(), exchange.events(), Event.Kind.SENT)
                    : Traffic.stream(exchange.sent());
        }

        @Override
        String end(Exchange exchange) {
            return ExchangeMatch.end(
                    exchange,
                    true,
                    Event.Kind.RESET_BY_CLIENT,
                    Event.Kind.RESET_BY_SERVER,
                    Event.Kind.CLOSED,
                    Event.Kind.HALF_CLOSED_BY_SERVER);
        }
    };

    final String verb;
    final String participle;

    Direction(String verb, String participle) {
        this.verb = verb;
        this.participle = participle;
    }

    /** Returns the label of the bytes, below "expected". */
    String label() {
        return String.format("%-10s", participle);
    }

    abstract Traffic traffic(Exchange exchange);

    /** Returns why no more bytes can follow in this direction, or an empty string if they can. */
    abstract String end(Exchange exchange);
}

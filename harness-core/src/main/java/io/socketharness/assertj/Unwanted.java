package io.socketharness.assertj;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Input that clients must not send. */
abstract class Unwanted {

    /** Returns the expectation as text, to follow "expected to receive". */
    abstract String words();

    /** Returns why an exchange, which may grow, does not satisfy the expectation; an empty string if it does so far. */
    abstract String in(Exchange exchange);

    /** Any input, also an empty datagram. */
    static final class Anything extends Unwanted {

        @Override
        String words() {
            return "nothing";
        }

        @Override
        String in(Exchange exchange) {
            return exchange.has(Event.Kind.RECEIVED) ? "bytes arrived" : "";
        }
    }

    /** These bytes anywhere in a stream, or within one datagram. */
    static final class Part extends Unwanted {

        private final Containing part;
        private final Map<Exchange, Predicate<Traffic>> watches = new HashMap<>();

        Part(Bytes bytes) {
            if (bytes.isEmpty()) {
                throw new IllegalArgumentException(
                        "the bytes are empty; at least one is needed. For no input at all use receivedNothing.");
            }
            part = new Containing(bytes);
        }

        @Override
        String words() {
            return "nothing containing " + ErrorText.quote(part.wanted());
        }

        @Override
        String in(Exchange exchange) {
            Traffic traffic = Direction.RECEIVED.traffic(exchange);
            if (watches.computeIfAbsent(exchange, each -> part.watch()).test(traffic)) {
                return "it arrived";
            }
            return exchange.isComplete() ? "" : ExchangeMatch.notKept(exchange.recording());
        }
    }
}

package io.socketharness.assertj;

import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an assertion on a whole recording stood at one moment: some exchange, or some datagram, is to be what is expected.
 *
 * @param holds whether one was
 * @param refusal why none can be any more; empty if one can
 * @param candidates what was looked at
 */
record Survey(boolean holds, String refusal, List<Candidate> candidates) {

    /** What may be what is expected: all that one exchange received, or a single datagram. */
    record Candidate(Exchange exchange, Traffic traffic) {}

    static Survey of(Recording recording, Expectation expectation) {
        // In this order: what comes in between is among the bytes, and bytes that are not kept are noticed.
        boolean over = recording.isEnded();
        List<Candidate> candidates = new ArrayList<>();
        boolean allKept = true;
        for (Exchange exchange : recording.exchanges()) {
            List<Candidate> some = candidates(exchange, expectation);
            if (!exchange.isComplete()) {
                allKept = false;
            } else if (some.stream().anyMatch(candidate -> expectation.holds(candidate.traffic()))) {
                return new Survey(true, "", List.of());
            } else {
                candidates.addAll(some);
            }
        }
        if (!allKept) {
            return new Survey(false, Standing.notKept(recording), candidates);
        }
        return new Survey(false, over ? "the server was closed" : "", candidates);
    }

    private static List<Candidate> candidates(Exchange exchange, Expectation expectation) {
        if (exchange.isDatagrams() && expectation.speaksOfOneMessage()) {
            return exchange.receivedDatagrams().stream()
                    .map(datagram -> new Candidate(exchange, Traffic.datagram(datagram)))
                    .toList();
        }
        return List.of(new Candidate(exchange, Direction.RECEIVED.traffic(exchange)));
    }

    boolean isSettled() {
        return holds || !refusal.isEmpty();
    }

    /** The one that comes closest to what is expected, of several the latest. */
    Optional<Candidate> nearest(Expectation expectation) {
        int closest = -1;
        Candidate nearest = null;
        for (Candidate candidate : candidates) {
            int closeness = expectation.closeness(candidate.traffic());
            if (closeness >= closest) {
                closest = closeness;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    String describe(Candidate nearest, Expectation expectation) {
        if (candidates.size() == 1) {
            return "";
        }
        boolean datagrams = nearest.traffic().datagrams() && expectation.speaksOfOneMessage();
        return "nearest of " + candidates.size() + (datagrams ? " datagrams" : " connections") + "\n";
    }
}

package io.socketharness.assertj;

import io.socketharness.recording.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of evaluating an assertion on a whole recording once: some exchange, or some datagram, must satisfy it.
 *
 * @param holds whether one satisfies it
 * @param refusal why none can satisfy it any more; empty if one can
 * @param seen the bytes that each exchange has received
 */
record RecordingMatch(boolean holds, String refusal, List<Candidate> seen) {

    /** Bytes that may satisfy the expectation: all received bytes of an exchange, or a single datagram. */
    record Candidate(Exchange exchange, Traffic traffic) {}

    /** Returns whether each datagram of an exchange is a separate candidate. */
    static boolean isByDatagram(Exchange exchange, Expectation expectation) {
        return exchange.isDatagrams() && expectation.speaksOfOneMessage();
    }

    boolean isSettled() {
        return holds || !refusal.isEmpty();
    }

    /** Returns the candidates. */
    List<Candidate> candidates(Expectation expectation) {
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate one : seen) {
            if (isByDatagram(one.exchange(), expectation)) {
                one.traffic().messages().stream()
                        .map(datagram -> new Candidate(one.exchange(), Traffic.datagram(datagram)))
                        .forEach(candidates::add);
            } else {
                candidates.add(one);
            }
        }
        return candidates;
    }

    /** Returns the candidate that is closest to the expectation; the latest of those that are equally close. */
    static Candidate nearest(List<Candidate> candidates, Expectation expectation) {
        Candidate nearest = candidates.get(0);
        int closest = -1;
        for (Candidate candidate : candidates) {
            int closeness = candidates.size() == 1 ? 0 : expectation.closeness(candidate.traffic());
            if (closeness >= closest) {
                closest = closeness;
                nearest = candidate;
            }
        }
        return nearest;
    }

    static String describe(List<Candidate> candidates, Candidate nearest, Expectation expectation) {
        return candidates.size() == 1
                ? ""
                : "nearest of " + candidates.size()
                        + (isByDatagram(nearest.exchange(), expectation) ? " datagrams" : " connections");
    }
}

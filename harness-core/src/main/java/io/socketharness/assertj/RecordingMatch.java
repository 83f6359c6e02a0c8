package io.socketharness.assertj;

import io.socketharness.recording.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * How an assertion on a whole recording stood at one moment: some exchange, or some datagram, is to be what is expected.
 *
 * @param holds whether one was
 * @param refusal why none can be any more; empty if one can
 * @param seen what each exchange had received
 */
record RecordingMatch(boolean holds, String refusal, List<Candidate> seen) {

    /** What may be what is expected: all that one exchange received, or a single datagram. */
    record Candidate(Exchange exchange, Traffic traffic) {}

    /** Whether each datagram of an exchange is looked at by itself. */
    static boolean isByDatagram(Exchange exchange, Expectation expectation) {
        return exchange.isDatagrams() && expectation.speaksOfOneMessage();
    }

    boolean isSettled() {
        return holds || !refusal.isEmpty();
    }

    /** What may be what is expected, one by one. */
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

    /** The one of several that comes closest to what is expected, the latest of those that are equally close. */
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
                        + (isByDatagram(nearest.exchange(), expectation) ? " datagrams\n" : " connections\n");
    }
}

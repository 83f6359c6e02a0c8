package io.socketharness.assertj;

import io.socketharness.internal.script.engine.RegexRun;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Evaluates an expectation on a recording repeatedly, and looks at unchanging parts only once. */
final class RecordingMatcher {

    private final Recording recording;
    private final Expectation expectation;
    private final Map<Exchange, Predicate<Traffic>> watches = new HashMap<>();

    RecordingMatcher(Recording recording, Expectation expectation) {
        this.recording = recording;
        this.expectation = expectation;
    }

    RecordingMatch look() {
        // In this order, bytes that arrive in between are included, and missing bytes are noticed.
        boolean over = recording.isEnded();
        List<RecordingMatch.Candidate> seen = new ArrayList<>();
        boolean allKept = true;
        String refusal = over ? "the server was closed" : "";
        for (Exchange exchange : recording.exchanges()) {
            Traffic traffic = Direction.RECEIVED.traffic(exchange);
            if (!exchange.isComplete()) {
                allKept = false;
                continue;
            }
            try {
                if (watches.computeIfAbsent(exchange, this::watch).test(traffic)) {
                    return new RecordingMatch(true, "", List.of());
                }
            } catch (RegexRun.Failed noResult) {
                refusal = String.valueOf(noResult.getMessage());
            }
            seen.add(new RecordingMatch.Candidate(exchange, traffic));
        }
        return new RecordingMatch(false, allKept ? refusal : ExchangeMatch.notKept(recording), seen);
    }

    private Predicate<Traffic> watch(Exchange exchange) {
        return RecordingMatch.isByDatagram(exchange, expectation) ? new Datagrams() : expectation.watch();
    }

    /** Returns whether one of the datagrams satisfies the expectation. */
    private final class Datagrams implements Predicate<Traffic> {

        private int looked;

        @Override
        public boolean test(Traffic traffic) {
            List<Bytes> all = traffic.messages();
            boolean holds = all.subList(looked, all.size()).stream()
                    .anyMatch(datagram -> expectation.holds(Traffic.datagram(datagram)));
            looked = all.size();
            return holds;
        }
    }
}

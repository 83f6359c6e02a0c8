package io.socketharness.assertj;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.recording.Bytes;
import java.util.List;
import java.util.function.Predicate;

/** Expects these bytes anywhere in a stream, or within one datagram. */
record Containing(Bytes wanted) implements Expectation {

    @Override
    public String words() {
        return "bytes containing " + ErrorText.quote(wanted);
    }

    @Override
    public boolean holds(Traffic traffic) {
        return traffic.messages().stream().anyMatch(message -> message.contains(wanted));
    }

    @Override
    public Predicate<Traffic> watch() {
        return new PartSearch(List.of(wanted));
    }

    @Override
    public boolean canComeToHold(Traffic traffic) {
        return true;
    }

    @Override
    public boolean speaksOfOneMessage() {
        return true;
    }

    /** Returns how many of the first bytes were found. */
    @Override
    public int closeness(Traffic traffic) {
        int most = 0;
        for (Bytes message : traffic.messages()) {
            for (int i = 0; most < wanted.size() && i + most < message.size(); i++) {
                while (most < wanted.size()
                        && i + most < message.size()
                        && message.slice(i, i + most + 1).equals(wanted.slice(0, most + 1))) {
                    most++;
                }
            }
        }
        return most;
    }

    @Override
    public List<ReportParagraph> comparison(Traffic traffic, Direction direction) {
        return new Difference("… " + ErrorText.plain(wanted) + " …", ErrorText.plain(traffic.all()))
                .paragraphs(direction.participle);
    }
}

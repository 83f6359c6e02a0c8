package io.socketharness.assertj;

import io.socketharness.internal.recording.ReportLine;
import io.socketharness.internal.recording.ReportLine.Kind;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Expects these parts in this order with anything between them, on datagrams each within one datagram. */
record InOrder(List<Bytes> parts) implements Expectation {

    @Override
    public String words() {
        return ErrorText.quote(parts) + " in this order";
    }

    @Override
    public boolean holds(Traffic traffic) {
        return found(traffic) == parts.size();
    }

    private int found(Traffic traffic) {
        return new PartSearch(parts).found(traffic);
    }

    @Override
    public Predicate<Traffic> watch() {
        return new PartSearch(parts);
    }

    @Override
    public boolean canComeToHold(Traffic traffic) {
        return true;
    }

    @Override
    public boolean speaksOfOneMessage() {
        return false;
    }

    @Override
    public int closeness(Traffic traffic) {
        return found(traffic);
    }

    @Override
    public List<ReportParagraph> comparison(Traffic traffic, Direction direction) {
        int found = found(traffic);
        Bytes missing = parts.get(found);
        boolean cameBefore = !parts.subList(0, found).contains(missing)
                && traffic.messages().stream().anyMatch(message -> message.indexOf(missing, 0) >= 0);
        List<ReportLine> lines = new ArrayList<>();
        if (found > 0) {
            lines.add(new ReportLine(Kind.WORDS, "found     " + ErrorText.quote(parts.subList(0, found))));
        }
        String earlier = cameBefore ? ", which came earlier" : "";
        lines.add(new ReportLine(Kind.EXPECTED, "missing   " + ErrorText.quote(missing) + earlier));
        lines.add(new ReportLine(Kind.RECEIVED, direction.label() + ErrorText.plain(traffic.all())));
        return List.of(new ReportParagraph(lines));
    }
}

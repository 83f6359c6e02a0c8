package io.socketharness.assertj;

import io.socketharness.recording.Bytes;
import java.util.List;
import java.util.function.Predicate;

/** Expects these parts in this order with anything between them, on datagrams each within one datagram. */
record InOrder(List<Bytes> parts) implements Expectation {

    @Override
    public String words() {
        return Report.quote(parts) + " in this order";
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
    public String comparison(Traffic traffic, Direction direction) {
        int found = found(traffic);
        String before = found == 0 ? "" : "found     " + Report.quote(parts.subList(0, found)) + "\n";
        Bytes missing = parts.get(found);
        boolean cameBefore = !parts.subList(0, found).contains(missing)
                && traffic.messages().stream().anyMatch(message -> message.indexOf(missing, 0) >= 0);
        return before + "missing   " + Report.quote(missing) + (cameBefore ? ", which came earlier" : "") + "\n"
                + direction.label()
                + Report.plain(traffic.all());
    }
}

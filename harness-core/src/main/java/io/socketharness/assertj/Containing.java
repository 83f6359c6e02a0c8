package io.socketharness.assertj;

import io.socketharness.recording.Bytes;

/** These bytes somewhere; in one datagram, where there are datagrams. */
record Containing(Bytes wanted) implements Expectation {

    @Override
    public String words() {
        return "bytes containing " + Report.quote(wanted);
    }

    @Override
    public boolean holds(Traffic traffic) {
        return traffic.messages().stream().anyMatch(message -> message.contains(wanted));
    }

    @Override
    public boolean canComeToHold(Traffic traffic) {
        return true;
    }

    @Override
    public boolean speaksOfOneMessage() {
        return true;
    }

    /** How much of the beginning is there. */
    @Override
    public int closeness(Traffic traffic) {
        int most = 0;
        for (Bytes message : traffic.messages()) {
            while (most < wanted.size() && message.contains(wanted.slice(0, most + 1))) {
                most++;
            }
        }
        return most;
    }

    @Override
    public String comparison(Traffic traffic, Direction direction) {
        return "expected  … " + Report.plain(wanted) + " …\n" + direction.label() + Report.plain(traffic.all());
    }
}

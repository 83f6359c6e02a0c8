package io.socketharness.assertj;

import io.socketharness.internal.recording.Difference;
import io.socketharness.recording.Bytes;

/** Expects exactly these bytes. */
record Exactly(Bytes wanted) implements Expectation {

    @Override
    public String words() {
        return "exactly " + Report.quote(wanted);
    }

    @Override
    public boolean holds(Traffic traffic) {
        return traffic.all().equals(wanted);
    }

    @Override
    public boolean canComeToHold(Traffic traffic) {
        return wanted.startsWith(traffic.all());
    }

    @Override
    public boolean speaksOfOneMessage() {
        return true;
    }

    @Override
    public int closeness(Traffic traffic) {
        int mismatch = wanted.mismatch(traffic.all());
        return mismatch < 0 ? wanted.size() : mismatch;
    }

    @Override
    public String comparison(Traffic traffic, Direction direction) {
        return Difference.of(wanted, traffic.all()).inLines(direction.participle);
    }

    @Override
    public String expected() {
        return wanted.toString();
    }

    @Override
    public String actual(Traffic traffic) {
        return traffic.all().toString();
    }
}

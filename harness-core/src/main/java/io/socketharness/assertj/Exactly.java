package io.socketharness.assertj;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.recording.Bytes;
import java.util.List;

/** Expects exactly these bytes. */
record Exactly(Bytes wanted) implements Expectation {

    @Override
    public String words() {
        return "exactly " + ErrorText.quote(wanted);
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
    public List<ReportParagraph> comparison(Traffic traffic, Direction direction) {
        return Difference.of(wanted, traffic.all()).paragraphs(direction.participle);
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

package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.StepLog;
import io.socketharness.script.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A step at its place in a script.
 *
 * @param outer the step whose block contains it; null in the outermost block
 * @param script the whole script
 * @param steps the steps of its block
 * @param index its index among them
 */
record PlacedStep(@Nullable PlacedStep outer, ScriptLines script, List<Behaviour> steps, int index)
        implements StepLog.Step {

    Behaviour step() {
        return steps.get(index);
    }

    @Override
    public String place() {
        List<Place.Frame> outerFirst = new ArrayList<>();
        for (PlacedStep one = this; one != null; one = one.outer) {
            outerFirst.add(0, new Place.Frame(one.index + 1, one.steps.size()));
        }
        return new Place(outerFirst).toString();
    }

    @Override
    public int depth() {
        return outer == null ? 0 : outer.depth() + 1;
    }

    @Override
    public String text() {
        return TextForm.lines(step()).get(0);
    }

    @Override
    public OptionalInt line() {
        return script.lineOf(this);
    }

    @Override
    public boolean maySend() {
        Obligation obligation = Progress.obligation(step());
        return obligation == Obligation.SENDS || obligation == Obligation.OWN;
    }
}

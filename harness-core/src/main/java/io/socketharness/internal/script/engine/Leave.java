package io.socketharness.internal.script.engine;

import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.util.List;

/** Leaves the enclosing dispatcher. */
public record Leave() implements Step {

    /** Unwinds to the dispatcher. */
    static final class Signal extends RuntimeException {

        private static final long serialVersionUID = 1;

        Signal() {
            super("@leave is outside of @match", null, false, false);
        }
    }

    /** Whether a block leaves its dispatcher. */
    static boolean in(Script block) {
        return block.steps().stream()
                .anyMatch(s -> s instanceof Leave
                        || s instanceof Step step
                                && !(s instanceof Match)
                                && step.blocks().stream().anyMatch(Leave::in));
    }

    @Override
    public void run(Connection connection) {
        throw new Signal();
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Obligation obligation() {
        return Obligation.NONE;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@leave");
    }
}

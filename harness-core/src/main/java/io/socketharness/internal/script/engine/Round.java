package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.List;

/**
 * Steps to be run once: those of a script, or a round of a block.
 *
 * @param steps in order
 * @param first where to begin; those before it have been done
 * @param start where the input stood when this round of a block that may end at any round began; -1 for other blocks
 * @param again whether the block is to be run again after this round, as its script owes
 * @param number of the rounds before it, where they are counted
 */
public record Round(List<Behaviour> steps, int first, long start, boolean again, int number) {

    /** A round that its step has done itself. */
    public static final Round DONE = new Round(List.of(), 0, -1, false, 0);

    static Round of(Script script) {
        return new Round(script.steps(), 0, -1, false, 0);
    }

    /** What stands behind the first step, which has been done. */
    static Round rest(Script script) {
        return new Round(script.steps(), 1, -1, false, 0);
    }

    boolean isEmpty() {
        return first >= steps.size();
    }
}

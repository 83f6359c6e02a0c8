package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.List;

/**
 * Steps to run once: those of a script, or a round of a block.
 *
 * @param steps in order
 * @param first where to begin; the steps before it are done
 * @param start the input position at which this round began, if the block may end at any round; -1 for other blocks
 * @param again whether another round is outstanding after this one
 * @param number of earlier rounds, if they are counted
 */
public record Round(List<Behaviour> steps, int first, long start, boolean again, int number) {

    /** A round that its step has completed itself. */
    public static final Round DONE = new Round(List.of(), 0, -1, false, 0);

    static Round of(Script script) {
        return from(script, 0);
    }

    /** The steps from one on; those before it are done. */
    static Round from(Script script, int first) {
        return new Round(script.steps(), first, -1, false, 0);
    }

    /** The steps after the first one, which is done. */
    static Round rest(Script script) {
        return from(script, 1);
    }

    boolean isEmpty() {
        return first >= steps.size();
    }
}

package io.socketharness.internal.script.engine;

import io.socketharness.script.Script;
import java.util.List;
import java.util.Set;

/** The steps that a connection runs next: up to the end of a script, or to where the client decides again. */
public final class Choice {

    /** No script is left. */
    public static final Choice NONE = choiceOfNothing();

    private final Continuation begin;
    private final Script steps;
    private final SameMessages end;

    /**
     * @param begin the place in one of the scripts
     * @param steps its steps, and perhaps another choice after them
     * @param end the places of the scripts after the steps
     */
    Choice(Continuation begin, Script steps, SameMessages end) {
        this.begin = begin;
        this.steps = steps;
        this.end = end;
    }

    private static Choice choiceOfNothing() {
        Script empty = Script.of();
        return new Choice(Continuation.of(empty), empty, SameMessages.atBegin(List.of(), false));
    }

    /** The place of its first step. */
    public Continuation begin() {
        return begin;
    }

    /** Its steps, as a script. */
    public Script steps() {
        return steps;
    }

    Continuation next() {
        return new Continuation(steps, begin.from(), begin.before());
    }

    /** Whether the connection does not choose again. */
    public boolean isLast() {
        return end.isEnd();
    }

    /** The scripts of which the connection uses one; equal ones are different connections of the tape. */
    public Set<Script> scripts() {
        return end.scripts();
    }

    /** The scripts that need nothing more of a client that sends no more; all if each needs more. */
    public Set<Script> complete() {
        Set<Script> ended = end.ended();
        return ended.isEmpty() ? scripts() : ended;
    }
}

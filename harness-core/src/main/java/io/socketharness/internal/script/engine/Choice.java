package io.socketharness.internal.script.engine;

import io.socketharness.script.Script;
import java.util.List;

/** The steps that a connection runs next: up to the end of a script, or to where the client decides again. */
public final class Choice {

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

    /** The place of its first step. */
    public Continuation begin() {
        return begin;
    }

    /** Its steps, as a script. */
    public Script steps() {
        return steps;
    }

    Continuation next() {
        return new Continuation(steps, begin.from());
    }

    /** Whether the connection does not choose again. */
    public boolean isLast() {
        return end.isEnd();
    }

    /** The scripts of which the connection uses one. */
    public List<Script> scripts() {
        return end.scripts();
    }

    /** The scripts that need nothing more of a client that sends no more; all if each needs more. */
    public List<Script> complete() {
        List<Script> ended = end.ended();
        return ended.isEmpty() ? scripts() : ended;
    }
}

package io.socketharness.internal.script.engine;

import io.socketharness.script.Script;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The scripts among which a connection chooses.
 *
 * @param all all scripts, also used ones
 * @param open those that the connection can use up; equal ones are different connections of the tape
 * @param isRun whether a connection has begun to run a script from a place
 */
public record Unused(SameMessages all, Set<Script> open, Predicate<Continuation> isRun) {

    boolean isOpen(Continuation place) {
        return open.contains(place.script());
    }
}

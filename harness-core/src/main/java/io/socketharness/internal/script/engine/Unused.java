package io.socketharness.internal.script.engine;

import io.socketharness.script.Script;
import java.util.List;
import java.util.function.Predicate;

/**
 * The scripts among which a connection chooses.
 *
 * @param all all scripts, also used ones
 * @param open those that the connection can use up
 * @param isRun whether a connection has begun to run a script from a place
 */
public record Unused(List<Script> all, List<Script> open, Predicate<Continuation> isRun) {}

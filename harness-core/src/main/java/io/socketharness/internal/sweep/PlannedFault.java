package io.socketharness.internal.sweep;

import io.socketharness.sweep.Effect;

/**
 * A fault of the plan.
 *
 * @param place where it happens
 * @param effect what happens
 * @param persistent whether it happens on every later connection too
 * @param priority when it runs; lower ones run first
 * @param name such as {@code reset after 3 bytes of "S: 250 hello" (connection 0)}, unique in the plan
 * @param row the place in the matrix of the report, such as {@code S: 250 hello}
 */
record PlannedFault(Place place, Effect effect, boolean persistent, int priority, String name, String row) {

    /** The fault of those that decide which messages the client needs. */
    boolean decidesNeed() {
        return priority == FaultPlan.NEED;
    }
}

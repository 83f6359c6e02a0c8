package io.socketharness.internal.network;

import io.socketharness.network.NetworkCondition;
import java.util.List;

/**
 * The conditions of a server, of a connection or of a script.
 *
 * @param owner identifies their origin: a condition that stays in a list of the same owner keeps its state
 * @param conditions in their order
 */
record Placed(Object owner, List<Condition> conditions) {

    /** Conditions that replace all earlier ones, even equal ones. */
    static Placed of(List<NetworkCondition> conditions) {
        return of(new Object(), conditions);
    }

    static Placed of(Object owner, List<NetworkCondition> conditions) {
        return new Placed(owner, conditions.stream().map(Condition::of).toList());
    }
}

package io.socketharness.internal.network;

import io.socketharness.network.NetworkCondition;
import java.util.Optional;

/** A network condition: an immutable value that prints as its text, and makes the stages that data passes. */
public interface Condition extends NetworkCondition {

    /** The implementation of a condition. */
    static Condition of(NetworkCondition condition) {
        if (condition instanceof Condition known) {
            return known;
        }
        throw new IllegalArgumentException(condition.getClass().getName()
                + " is not a network condition of this library; create conditions with NetworkConditions");
    }

    Direction direction();

    Condition with(Direction direction);

    @Override
    default NetworkCondition toClient() {
        return with(Direction.TO_CLIENT);
    }

    @Override
    default NetworkCondition toServer() {
        return with(Direction.TO_SERVER);
    }

    /** Why a transport cannot have it, and what to use instead; empty if it can. */
    default Optional<String> refusal(Medium medium) {
        return Optional.empty();
    }

    /** Whether it applies to data in a direction. */
    default boolean appliesTo(Direction data) {
        return direction().includes(data);
    }

    /** Whether it counts data as it enters the network, before other conditions change it. */
    default boolean isCounting() {
        return false;
    }

    /** A stage for one direction of one connection. */
    Stage stage(Place place);
}

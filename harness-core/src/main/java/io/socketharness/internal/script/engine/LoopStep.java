package io.socketharness.internal.script.engine;

import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import org.jspecify.annotations.Nullable;

/** A step that runs in rounds, each of which may be a block of steps; see {@link Runner}. */
public interface LoopStep extends Step {

    /**
     * Starts a round: receives at most one message.
     *
     * @param connection of the script
     * @param last the previous round, which has ended; null at first
     * @return what to run before the next round, or null if the step is complete
     */
    @Nullable
    Round next(Connection connection, @Nullable Round last);

    /** What starting the next round without waiting needs; {@code last} is the previous round, or null. */
    default Needs needs(@Nullable Round last) {
        return needs();
    }

    /** Whether another round may follow the current one. */
    default boolean mayContinue(Round round) {
        return true;
    }

    /** Whether an exception in a round ends the step normally. */
    default boolean endsBy(RuntimeException thrown, Round round, Connection connection) {
        return false;
    }

    /** Runs the step from user code. In a script its frames are beside those of the other steps. */
    @Override
    default void run(Connection connection) throws Exception {
        Script.of(this).run(connection);
    }
}

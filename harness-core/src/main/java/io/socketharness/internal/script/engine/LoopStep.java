package io.socketharness.internal.script.engine;

import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import org.jspecify.annotations.Nullable;

/** A step that is done in rounds, each of which may be a block of steps; see {@link Runner}. */
public interface LoopStep extends Step {

    /**
     * Begins a round: takes one message at most.
     *
     * @param connection what it runs on
     * @param last the round before, which has ended; null at first
     * @return what is to be run before the next one, or null when the step is done
     */
    @Nullable
    Round next(Connection connection, @Nullable Round last);

    /** What it takes to begin the next round without waiting; {@code last} is the one before it, or null. */
    default Needs needs(@Nullable Round last) {
        return needs();
    }

    /** Whether another round may follow one that is being run. */
    default boolean mayGoOn(Round round) {
        return true;
    }

    /** Whether what was thrown in a round ends the step as it should. */
    default boolean endsBy(RuntimeException thrown, Round round, Connection connection) {
        return false;
    }

    /** Runs it out of code of the user's own; in a script its frames stand beside those of the other steps. */
    @Override
    default void run(Connection connection) throws Exception {
        Script.of(this).run(connection);
    }
}

package io.socketharness.internal.script.engine;

import io.socketharness.script.Connection;

/** A step that changes the settings for the steps after it, until the end of the block. */
interface SettingStep extends Step {

    /** The settings after it. */
    Settings after(Settings before);

    @Override
    default void run(Connection connection) {
        ScriptConnection on = ScriptConnection.of(connection);
        on.settings(after(on.settings()));
    }

    @Override
    default Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    default Obligation obligation() {
        return Obligation.NONE;
    }
}

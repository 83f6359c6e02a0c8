package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.time.Duration;
import java.util.List;

/**
 * Sends at an interval, beside the steps after it, until its block ends; in the outermost block until the connection
 * ends.
 */
public record Every(Duration interval, Script body) implements Step {

    public Every {
        Durations.requirePositive("the interval of every", interval);
        if (body.steps().stream().anyMatch(Every.class::isInstance)) {
            throw nested();
        }
        Blocks.requireOnly(body, Every::allows, Every::notAllowed);
        Blocks.requireSteps("every", body);
    }

    /** Whether it can contain a step. */
    public static boolean allows(Behaviour one) {
        return one instanceof Setting
                || one instanceof Step step
                        && step.obligation() == Obligation.SENDS
                        && step.blocks().isEmpty();
    }

    /** For the first line of a step. */
    public static IllegalArgumentException notAllowed(String line) {
        return new IllegalArgumentException("every contains \"" + line
                + "\"; only steps that send are allowed: S: S< S! @send or @broadcast. To react to a silent client, use"
                + " @idle in @match");
    }

    public static IllegalArgumentException nested() {
        return new IllegalArgumentException(
                "every contains another @every; put one after the other: both send beside the" + " steps after them");
    }

    @Override
    public void run(Connection connection) {
        ScriptConnection script = ScriptConnection.of(connection);
        Beside.start(this, script.conversation(), new Ticker(this, script)::run);
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Obligation obligation() {
        return Obligation.NONE;
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@every " + Durations.format(interval), body);
    }
}

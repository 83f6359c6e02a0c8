package io.socketharness.internal.script.engine;

import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a block a number of times. */
public record Repeat(int times, Script body) implements LoopStep {

    public Repeat {
        if (times < 1) {
            throw new IllegalArgumentException("repeat " + times + " times; at least 1 is needed");
        }
        Blocks.requireSteps("repeat", body);
        if (times > 1 && Blocks.endsWithEndless(body)) {
            throw new IllegalArgumentException("repeat " + times + " times: the block's last step does not end");
        }
    }

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        int number = last == null ? 0 : last.number() + 1;
        boolean again = number < times - 1 && Blocks.obligation(body).isOutstanding();
        return number == times ? null : new Round(body.steps(), 0, -1, again, number);
    }

    @Override
    public boolean mayContinue(Round round) {
        return round.number() < times - 1;
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public Obligation obligation() {
        return Blocks.obligation(body);
    }

    @Override
    public boolean isEndless() {
        return Blocks.endsWithEndless(body);
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@repeat " + times, body);
    }
}

package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.script.Case;
import io.socketharness.script.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The case of a dispatcher that runs if nothing arrives.
 *
 * @param silence how long nothing arrives
 * @param body to run then
 */
public record IdleCase(Duration silence, Script body) implements Case {

    public IdleCase {
        Durations.requirePositive("the time of @idle", silence);
        Blocks.requireSteps("the case @idle", body);
    }

    String head() {
        return "@idle " + Durations.format(silence);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(head()));
        TextForm.indent(lines, TextForm.lines(body));
        return lines;
    }
}

package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.RecordedScript;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The lines of a script, and which of them each step begins. Both are found when they are first needed. */
final class ScriptLines {

    /** A key in place of the line of a step around the outermost block. */
    private static final int OUTERMOST = -1;

    private final List<Behaviour> script;
    private @Nullable List<String> lines;
    /** The first lines of the steps of each block, by the line of the step that contains the block. */
    private final Map<Integer, Map<List<Behaviour>, List<Integer>>> blocks = new HashMap<>();

    ScriptLines(List<Behaviour> script) {
        this.script = script;
    }

    /** The script, with the place of the running step, or of the one that failed. */
    RecordedScript recorded(@Nullable PlacedStep running) {
        return new RecordedScript(lines(), running == null ? OptionalInt.empty() : innermostLine(running));
    }

    private static OptionalInt innermostLine(PlacedStep running) {
        OptionalInt line = running.line();
        PlacedStep outer = running.outer();
        return line.isPresent() || outer == null ? line : innermostLine(outer);
    }

    private synchronized List<String> lines() {
        List<String> known = lines;
        if (known == null) {
            known = List.copyOf(block(script, OUTERMOST, 0));
            lines = known;
        }
        return known;
    }

    /** The first line of a step; empty for a step of a script that code runs. */
    synchronized OptionalInt lineOf(PlacedStep step) {
        lines();
        PlacedStep outer = step.outer();
        OptionalInt around = outer == null ? OptionalInt.of(OUTERMOST) : lineOf(outer);
        if (around.isEmpty()) {
            return around;
        }
        List<Integer> first = blocks.getOrDefault(around.getAsInt(), Map.of()).get(step.steps());
        return first == null ? OptionalInt.empty() : OptionalInt.of(first.get(step.index()));
    }

    /** The lines of a block whose first line is {@code from}. */
    private List<String> block(List<Behaviour> steps, int around, int from) {
        List<String> all = new ArrayList<>();
        List<Integer> first = new ArrayList<>();
        blocks.computeIfAbsent(around, line -> new IdentityHashMap<>()).put(steps, first);
        for (Behaviour step : steps) {
            int line = from + all.size();
            first.add(line);
            List<String> own = TextForm.lines(step);
            all.addAll(own);
            if (step instanceof Step builtIn) {
                blocks(builtIn.blocks(), own, line);
            }
        }
        return all;
    }

    /** Finds the blocks of a step, in their order, among its lines. */
    private void blocks(List<Script> inner, List<String> lines, int line) {
        int next = 1;
        for (Script block : inner) {
            List<String> indented = new ArrayList<>();
            TextForm.indent(indented, TextForm.lines(block));
            while (next + indented.size() < lines.size()
                    && !lines.subList(next, next + indented.size()).equals(indented)) {
                next++;
            }
            block(block.steps(), line, line + next);
            next += indented.size();
        }
    }
}

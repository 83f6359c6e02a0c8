package io.socketharness.internal.script.engine;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;

/** Writes behaviours in the text form. */
public final class TextForm {

    private TextForm() {}

    public static List<String> lines(Behaviour behaviour) {
        if (behaviour instanceof Step step) {
            return step.lines();
        }
        if (behaviour instanceof Script script) {
            return script.steps().stream().flatMap(s -> lines(s).stream()).toList();
        }
        return List.of("@code " + name(behaviour));
    }

    /** The line of a step: its word, and the rest unless that is empty. */
    public static List<String> line(String word, String rest) {
        return List.of(rest.isEmpty() ? word : word + " " + rest);
    }

    /** The lines of a step with a block. */
    public static List<String> block(String head, Script body) {
        List<String> lines = new ArrayList<>();
        lines.add(head);
        indent(lines, lines(body));
        lines.add("@end");
        return List.copyOf(lines);
    }

    static void indent(List<String> lines, List<String> inner) {
        inner.forEach(l -> lines.add("  " + l));
    }

    public static String escapedBytes(Bytes bytes) {
        return bytes.escaped().replace(" ", "\\x20");
    }

    public static String name(Object code) {
        String name = code.getClass().getSimpleName();
        int lambda = name.indexOf("$$Lambda");
        return lambda >= 0
                ? "a lambda of " + name.substring(0, lambda)
                : name.isEmpty() ? code.getClass().getName() : name;
    }
}

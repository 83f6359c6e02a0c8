package io.socketharness.script;

import io.socketharness.internal.script.text.ComputedVariable;
import io.socketharness.internal.script.text.Template;
import io.socketharness.internal.script.text.VariableName;
import io.socketharness.recording.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Variables of a script in text form, which refers to them as <code>${name}</code>: fixed values, and values that Java
 * code computes while the script runs.
 *
 * <pre>{@code
 * Script.parse(text, Variables.none()
 *         .with("realm", "test")
 *         .computed("time", connection -> LocalTime.now().toString()));
 * }</pre>
 *
 * <p>A variable given here takes precedence over a captured value, or a variable of the connection, with the same name.
 *
 * <p>Variables are immutable: each method returns a new object.
 */
public final class Variables {

    private static final Variables NONE = new Variables(Map.of());

    private final Map<String, Template.Part> parts;

    private Variables(Map<String, Template.Part> parts) {
        this.parts = parts;
    }

    /**
     * Returns no variables, to which others are added.
     *
     * @return no variables
     */
    public static Variables none() {
        return NONE;
    }

    /** Takes the names unchecked: one that text cannot refer to has no effect. */
    static Variables of(Map<String, String> values) {
        Map<String, Template.Part> parts = new LinkedHashMap<>();
        values.forEach((name, value) -> parts.put(name, new Template.Text(value)));
        return new Variables(parts);
    }

    /**
     * Adds a variable with a fixed value, or replaces one. The script contains its value in place of
     * <code>${name}</code>.
     *
     * @param name a letter, then letters, digits, {@code .}, {@code -} and {@code _}
     * @param value the text
     * @return these variables and the new one
     * @throws IllegalArgumentException if text cannot refer to the name
     */
    public Variables with(String name, String value) {
        return plus(name, new Template.Text(Objects.requireNonNull(value, "value")));
    }

    /**
     * Adds a variable whose value is computed while the script runs, or replaces one. Each time that a step runs, it
     * calls the function once for each <code>${name}</code> in its text, with the connection that runs the script. A
     * step that expects a message may call it before the message arrives. A case of {@code @match} calls it for each
     * message that is compared with the case. A printed script shows <code>${name}</code>.
     *
     * <p>The function returns a {@link String}, a {@link Number}, a {@code byte[]} or {@link Bytes}. Text is sent and
     * expected in the charset of the connection, and bytes unchanged. Any other value, null or an exception fails the
     * step; the message names the variable.
     *
     * <p>Several connections can call the function at the same time, each on a separate thread. The function must not
     * receive or send. To use an earlier result again, put it into {@link Connection#variables()}.
     *
     * @param name a letter, then letters, digits, {@code .}, {@code -} and {@code _}
     * @param function computes the value
     * @return these variables and the new one
     * @throws IllegalArgumentException if text cannot refer to the name
     */
    public Variables computed(String name, Function<? super Connection, ?> function) {
        return plus(name, new ComputedVariable(name, Objects.requireNonNull(function, "function")));
    }

    private Variables plus(String name, Template.Part part) {
        Map<String, Template.Part> more = new LinkedHashMap<>(parts);
        more.put(VariableName.require(name), part);
        return new Variables(more);
    }

    Map<String, Template.Part> parts() {
        return parts;
    }

    /** Returns the names, such as {@code Variables[realm, time]}. */
    @Override
    public String toString() {
        return "Variables" + parts.keySet();
    }
}

package io.socketharness.internal.script.text;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A variable that a function of the user computes each time that a step uses it. */
public record ComputedVariable(String name, Function<? super Connection, ?> function) implements Template.Reference {

    /** A text, a number or {@link Bytes}. */
    Object value(Connection connection) {
        Object value = call(connection);
        if (value instanceof byte[] array) {
            return Bytes.of(array);
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Bytes) {
            return value;
        }
        throw new ExpectationFailed("the function of ${" + name + "} returned "
                + (value == null ? "null" : "a " + value.getClass().getName())
                + "; it must return a String, a Number, a byte[] or Bytes");
    }

    private @Nullable Object call(Connection connection) {
        try {
            return function.apply(connection);
        } catch (ExpectationFailed failed) {
            throw failed;
        } catch (RuntimeException | AssertionError thrown) {
            throw new ComputationFailed(name, thrown);
        }
    }
}

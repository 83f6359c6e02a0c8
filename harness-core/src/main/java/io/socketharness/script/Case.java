package io.socketharness.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One case of a {@linkplain Behaviours#match dispatcher}: what message it takes, and what is done then. Made by
 * {@link Behaviours#when} and {@link Behaviours#otherwise}.
 */
public final class Case {

    private final @Nullable Taking first;
    private final Script rest;

    private Case(@Nullable Taking first, Script rest) {
        this.first = first;
        this.rest = rest;
    }

    static Case of(Script body) {
        Taking first = Blocks.firstTaking("a case of match", body);
        if (first instanceof Receive receive && !receive.count().equals(OptionalInt.empty())) {
            throw new IllegalArgumentException("a case of match begins with \""
                    + receive.lines().get(0) + "\"; match takes whole messages: say @receive without a number");
        }
        return new Case(first, Blocks.rest(body));
    }

    static Case otherwise(Script rest) {
        return new Case(null, rest);
    }

    boolean takes(byte[] message, Connection connection) {
        return first == null || first.fault(message, connection) == null;
    }

    boolean takesAny() {
        return first == null || first instanceof Receive;
    }

    boolean isOtherwise() {
        return first == null;
    }

    Script rest() {
        return rest;
    }

    String head() {
        return first == null ? "any" : first.lines().get(0);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(first == null ? List.of() : first.lines());
        lines.addAll(TextForm.lines(rest));
        return lines;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Case that && Objects.equals(first, that.first) && rest.equals(that.rest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(first, rest);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}

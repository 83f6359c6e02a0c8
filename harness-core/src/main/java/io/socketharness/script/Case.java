package io.socketharness.script;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One case of a {@linkplain Behaviours#match dispatcher}: what message it takes, and what is done then. Made by
 * {@link Behaviours#when} and {@link Behaviours#otherwise}.
 */
public final class Case {

    /** Null for the case that takes any message; else the first step of the body. */
    private final @Nullable Taking first;

    private final Script body;

    private Case(@Nullable Taking first, Script body) {
        this.first = first;
        this.body = body;
    }

    static Case of(Script body) {
        Taking first = Blocks.firstTaking("a case of match", body);
        if (first instanceof Receive receive && receive.count().isPresent()) {
            throw new IllegalArgumentException("a case of match begins with \""
                    + receive.lines().get(0) + "\"; match takes whole messages: say @receive without a number");
        }
        return new Case(first, body);
    }

    static Case otherwise(Script body) {
        return new Case(null, body);
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

    Script body() {
        return body;
    }

    /** What stands behind the step that took the message. */
    Round rest() {
        return first == null ? Round.of(body) : Round.rest(body);
    }

    Needs needs() {
        return first == null ? Needs.INPUT : first.needs();
    }

    String head() {
        return first == null ? "any" : first.lines().get(0);
    }

    List<String> lines() {
        return TextForm.lines(body);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Case that && isOtherwise() == that.isOtherwise() && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(isOtherwise(), body);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}

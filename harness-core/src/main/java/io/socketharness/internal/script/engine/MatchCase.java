package io.socketharness.internal.script.engine;

import io.socketharness.script.Case;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A case of a dispatcher.
 *
 * @param first the first step of the body; null for the case that matches any message
 * @param body to run for a message that the case matches
 */
public record MatchCase(@Nullable ExpectStep first, Script body) implements Case {
    public static MatchCase of(Script body) {
        ExpectStep first = Blocks.firstTaking("a case of match", body);
        if (first.takesCount()) {
            throw new IllegalArgumentException("a case of match begins with \""
                    + first.lines().get(0) + "\"; match works on whole messages: use @receive without a number");
        }
        return new MatchCase(first, body);
    }

    public static MatchCase otherwise(Script body) {
        Blocks.requireStepsBeside("the case otherwise of match", body);
        return new MatchCase(null, body);
    }

    boolean takes(byte[] message, Connection connection) {
        return first == null || first.computed(connection).fault(message, connection) == null;
    }

    public boolean takesAny() {
        return first == null || first.takesAny();
    }

    public boolean isOtherwise() {
        return first == null;
    }

    /** The steps after the one that received the message. */
    Round rest() {
        return first == null ? Round.of(body) : Round.rest(body);
    }

    /** Whether its first step after the matched message takes that message itself. */
    boolean leavesMessage() {
        int next = first == null ? 0 : 1;
        return body.steps().size() > next && body.steps().get(next) instanceof Step step && step.takesMatchedMessage();
    }

    Needs needs() {
        return first == null ? Needs.INPUT : first.needs();
    }

    boolean isHex() {
        return first != null && first.isHex();
    }

    public String head() {
        return first == null ? "any" : first.lines().get(0);
    }

    List<String> lines() {
        return TextForm.lines(body);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MatchCase that && isOtherwise() == that.isOtherwise() && body.equals(that.body);
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

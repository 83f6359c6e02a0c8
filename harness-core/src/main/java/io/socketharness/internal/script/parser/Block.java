package io.socketharness.internal.script.parser;

import io.socketharness.internal.script.engine.IdleCase;
import io.socketharness.internal.script.engine.MatchCase;
import io.socketharness.internal.script.engine.Settings;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Case;
import io.socketharness.script.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A block whose end has not been read. */
final class Block {

    /**
     * The steps that a block may contain.
     *
     * @param allows whether it may contain a step without a block
     * @param refusal for the first line of any other step
     */
    record Content(Predicate<Behaviour> allows, Function<String, IllegalArgumentException> refusal) {}

    final int line;
    final @Nullable Directive word;
    final String head;
    /** Null if any step is allowed. */
    final @Nullable Content content;

    final Consumer<Block> end;
    final List<Case> cases = new ArrayList<>();
    final Settings outer;
    List<Behaviour> steps = new ArrayList<>();
    Settings settings;
    /** The line where the current case of a dispatcher begins. */
    int caseLine;
    /** Whether the current case of a dispatcher is for any message. */
    boolean otherwise;
    /** The time of the current case of a dispatcher, if it is for a time without input. */
    @Nullable
    Duration silence;

    Block(
            int line,
            @Nullable Directive word,
            String head,
            @Nullable Content content,
            Settings outer,
            Consumer<Block> end) {
        this.line = line;
        this.word = word;
        this.head = head;
        this.content = content;
        this.outer = outer;
        this.settings = outer;
        this.caseLine = line;
        this.end = end;
    }

    Script script() {
        return Script.of(steps.toArray(new Behaviour[0]));
    }

    /** The current case of a dispatcher. */
    Case ended() {
        Script body = script();
        Duration time = silence;
        if (time != null) {
            return new IdleCase(time, body);
        }
        return otherwise ? MatchCase.otherwise(body) : MatchCase.of(body);
    }

    boolean isMatch() {
        return word == Directive.MATCH;
    }

    boolean beginsWithMessage() {
        return isMatch() && !otherwise && silence == null || word == Directive.MAYBE;
    }

    /** Refuses a step, or with null a block, that this block cannot contain. */
    void requireAllowed(String firstLine, @Nullable Behaviour step) {
        if (content != null && (step == null || !content.allows().test(step))) {
            throw content.refusal().apply(firstLine);
        }
    }
}

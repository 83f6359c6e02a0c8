package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the steps with blocks have in common. */
public final class Blocks {

    private Blocks() {}

    /** Requires that each step of a block is allowed. {@code refusal} is for the first line of any other step. */
    public static void requireOnly(
            Script body, Predicate<Behaviour> allowed, Function<String, IllegalArgumentException> refusal) {
        for (Behaviour step : body.steps()) {
            if (!allowed.test(step)) {
                throw refusal.apply(TextForm.lines(step).get(0));
            }
        }
    }

    public static void requireSteps(String what, Script body) {
        if (body.steps().isEmpty()) {
            throw new IllegalArgumentException(what + " contains no step; at least one is needed");
        }
        requireStepsBeside(what, body);
    }

    /** Refuses an interval that ends with its block before it sends. */
    static void requireStepsBeside(String what, Script body) {
        List<Behaviour> steps = body.steps();
        if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof Every every) {
            throw new IllegalArgumentException(
                    what + " ends with \"" + every.lines().get(0)
                            + "\", which sends only while later steps of its block run; put steps after it, or put it"
                            + " into the outermost block");
        }
    }

    static ExpectStep firstTaking(String what, Script body) {
        requireSteps(what, body);
        if (body.steps().get(0) instanceof ExpectStep taking) {
            return taking;
        }
        throw notTaking(what, TextForm.lines(body.steps().get(0)).get(0));
    }

    public static IllegalArgumentException notTaking(String what, String line) {
        return new IllegalArgumentException(what + " begins with \"" + line
                + "\"; it must begin with a step that receives a message: C: C~ C< C! or @receive");
    }

    /** Whether no step can follow a behaviour. */
    public static boolean isEndless(Behaviour behaviour) {
        return behaviour instanceof Step step
                ? step.isEndless()
                : behaviour instanceof Script script && endsWithEndless(script);
    }

    /** Whether the last step of a block does not end. */
    static boolean endsWithEndless(Script block) {
        List<Behaviour> steps = block.steps();
        return !steps.isEmpty() && isEndless(steps.get(steps.size() - 1));
    }

    /** The obligation of a block that has not begun: the strongest one of its steps. */
    static Obligation obligation(Script block) {
        Obligation strongest = Obligation.NONE;
        for (Behaviour step : block.steps()) {
            Obligation obligation = Progress.obligation(step);
            if (obligation == Obligation.EXPECTS) {
                return obligation;
            }
            strongest = obligation == Obligation.SENDS ? obligation : strongest;
        }
        return strongest;
    }
}

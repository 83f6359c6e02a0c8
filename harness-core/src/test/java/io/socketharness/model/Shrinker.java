package io.socketharness.model;

import io.socketharness.model.ClientPlan.Pace;
import io.socketharness.model.Step.Batch;
import io.socketharness.model.Step.Case;
import io.socketharness.model.Step.EndOfLine;
import io.socketharness.model.Step.Forever;
import io.socketharness.model.Step.Match;
import io.socketharness.model.Step.Maybe;
import io.socketharness.model.Step.Repeat;
import io.socketharness.recording.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes a plan that has failed smaller, as long as it still fails so now and then. */
final class Shrinker {

    private static final int TRIES = 5;

    private final long end;

    private Shrinker(Duration limit) {
        end = System.nanoTime() + limit.toNanos();
    }

    /** What is wrong with the smallest plan that has failed; the fault that is known if there is no smaller one. */
    static String shrink(Plan plan, String fault, Duration limit) {
        return new Shrinker(limit).shrink(plan, fault);
    }

    private String shrink(Plan plan, String fault) {
        for (Plan smaller : smaller(plan)) {
            if (System.nanoTime() - end > 0) {
                return fault;
            }
            String found = fault(smaller);
            if (kind(found).equals(kind(fault))) {
                return shrink(smaller, found);
            }
        }
        return fault;
    }

    /** What is wrong at first, without the place. */
    private static String kind(String fault) {
        return fault.lines().findFirst().orElse("").replaceAll(" at step.*| \\[.*|[0-9]", "");
    }

    private static String fault(Plan plan) {
        try {
            if (!PlanGenerator.isDecidable(plan)) {
                return "";
            }
            String fault = "";
            for (int i = 0; i < TRIES && fault.isEmpty(); i++) {
                fault = Trial.run(plan);
            }
            return fault;
        } catch (IllegalArgumentException | IllegalStateException noPlan) {
            return "";
        }
    }

    private static List<Plan> smaller(Plan plan) {
        List<Plan> all = new ArrayList<>();
        for (List<ClientPlan> clients : fewer(plan.clients())) {
            if (!clients.isEmpty() && (plan.forAll() || plan.scripts().size() == 1)) {
                all.add(new Plan(plan.transport(), plan.forAll(), plan.scripts(), clients, plan.endByTest()));
            }
        }
        for (List<ClientPlan> clients : changed(plan.clients(), Shrinker::simpler)) {
            all.add(new Plan(plan.transport(), plan.forAll(), plan.scripts(), clients, plan.endByTest()));
        }
        for (List<List<Step>> scripts : changed(plan.scripts(), Shrinker::shorter)) {
            all.add(new Plan(plan.transport(), plan.forAll(), scripts, plan.clients(), plan.endByTest()));
        }
        return all;
    }

    private static List<ClientPlan> simpler(ClientPlan client) {
        List<ClientPlan> all = new ArrayList<>();
        if (client.pace() != Pace.SENDS_ALL_AT_ONCE) {
            all.add(new ClientPlan(client.handshake(), client.pieces(), Pace.SENDS_ALL_AT_ONCE, client.end()));
        }
        for (List<Bytes> pieces : fewer(client.pieces())) {
            all.add(new ClientPlan(client.handshake(), pieces, client.pace(), client.end()));
        }
        return all;
    }

    private static List<List<Step>> shorter(List<Step> steps) {
        List<List<Step>> all = fewer(steps);
        all.addAll(changed(steps, Shrinker::smaller));
        return all;
    }

    private static List<Step> smaller(Step step) {
        List<Step> all = new ArrayList<>();
        if (step instanceof Maybe maybe) {
            nonEmpty(shorter(maybe.body())).stream()
                    .filter(body -> body.get(0) instanceof Step.Taking)
                    .forEach(body -> all.add(new Maybe(body)));
        } else if (step instanceof Batch batch) {
            shorter(batch.body()).stream()
                    .filter(body -> body.stream().anyMatch(inner -> !(inner instanceof EndOfLine)))
                    .forEach(body -> all.add(new Batch(body)));
        } else if (step instanceof Forever forever) {
            nonEmpty(shorter(forever.body())).forEach(body -> all.add(new Forever(body)));
        } else if (step instanceof Repeat repeat) {
            if (repeat.times() > 1) {
                all.add(new Repeat(repeat.times() - 1, repeat.body()));
            }
            nonEmpty(shorter(repeat.body())).forEach(body -> all.add(new Repeat(repeat.times(), body)));
        } else if (step instanceof Match match) {
            nonEmpty(fewer(match.cases())).forEach(cases -> all.add(new Match(cases)));
            changed(match.cases(), Shrinker::smaller).forEach(cases -> all.add(new Match(cases)));
        }
        return all;
    }

    private static List<Case> smaller(Case one) {
        return nonEmpty(shorter(one.body())).stream()
                .filter(body -> one.otherwise() || body.get(0) instanceof Step.Taking)
                .map(body -> new Case(one.otherwise(), body))
                .toList();
    }

    private static <T> List<List<T>> nonEmpty(List<List<T>> lists) {
        return lists.stream().filter(list -> !list.isEmpty()).toList();
    }

    /** The lists that have one element less. */
    private static <T> List<List<T>> fewer(List<T> list) {
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            List<T> less = new ArrayList<>(list);
            less.remove(i);
            all.add(less);
        }
        return all;
    }

    /** The lists that have one element changed. */
    private static <T> List<List<T>> changed(List<T> list, Function<T, List<T>> change) {
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            for (T other : change.apply(list.get(i))) {
                List<T> copy = new ArrayList<>(list);
                copy.set(i, other);
                all.add(copy);
            }
        }
        return all;
    }
}

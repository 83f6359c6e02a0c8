package io.socketharness.internal.sweep;

import io.socketharness.ServerSpec;
import io.socketharness.internal.Durations;
import io.socketharness.internal.KnownWords;
import io.socketharness.internal.sweep.Judge.Judgement;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which run of a sweep comes next, and collects the results. The caller executes the runs. Thread-safe. */
final class SweepEngine {

    private static final int CLEAN_RUNS = 2;
    private static final int MOST_TRIES = 3;
    /** A clean run may take longer than its server waits for the client. */
    private static final Duration MORE = Duration.ofSeconds(1);

    private ServerSpec spec;
    private final SweepSettings settings;
    private final Comparison comparison;
    private final KnownWeaknesses known;
    private final long started = System.nanoTime();

    private final List<CleanRun> cleanRuns = new ArrayList<>();
    private @Nullable CleanRun clean;
    private @Nullable Judge judge;
    private @Nullable SweepResults results;
    private List<PlannedFault> plan = List.of();
    private final Deque<Attempt> repetitions = new ArrayDeque<>();
    private final Deque<PlannedFault> left = new ArrayDeque<>();
    /** How many connections the client opened, by the name of the transient fault. */
    private final Map<PlannedFault, Integer> connections = new HashMap<>();

    private final SweepRecordings recordings;
    /** The shortest time of the runs that decide which messages the test needs, and their number. */
    private final Map<PlannedFault, Duration> shortest = new HashMap<>();

    private final Map<PlannedFault, Integer> tries = new HashMap<>();

    private int begun;
    private int running;
    private @Nullable String stopped;

    SweepEngine(ServerSpec spec, SweepSettings settings, KnownWeaknesses known) {
        this.spec = spec;
        this.settings = settings;
        this.known = known;
        this.comparison = new Comparison(settings.masks());
        this.recordings = new SweepRecordings(spec);
    }

    /** Whether the runs without a fault are done. */
    synchronized boolean isPlanned() {
        return clean != null;
    }

    /** Replaces the specification of the server: a tape that the first run records is replayed in the second one. */
    synchronized void use(ServerSpec newSpec) {
        spec = newSpec;
    }

    Attempt cleanAttempt() {
        return Attempt.withoutFault(comparison);
    }

    /** The limit of a run without a fault. */
    synchronized Duration cleanLimit() {
        Duration own = settings.timeLimit().orElse(Duration.ZERO);
        return (own.compareTo(spec.timeout()) > 0 ? own : spec.timeout()).plus(MORE);
    }

    /** The limit of a run with a fault. */
    synchronized Duration limit() {
        CleanRun before = Objects.requireNonNull(clean);
        return settings.timeLimit()
                .orElseGet(() -> before.time().multipliedBy(3).plus(spec.timeout()));
    }

    /**
     * Notes a run without a fault that has passed. After the second, plans the faults.
     *
     * @throws AssertionError if the two runs differ
     */
    synchronized void cleanEnded(RunEvidence run) {
        CleanRun now = CleanRun.of(spec.transport(), run);
        cleanRuns.add(now);
        if (cleanRuns.size() < CLEAN_RUNS) {
            return;
        }
        Repeatability.require(cleanRuns.get(0), now, comparison);
        if (now.connections().isEmpty()) {
            throw new AssertionError(
                    "No client connected in the run without a fault. Does the client use the address of the server?");
        }
        clean = now;
        recordings.clean(now.recording());
        judge = new Judge(now, comparison, settings, !spec.scripts().isEmpty());
        results = new SweepResults(now, comparison, known, recordings);
        plan = FaultPlan.of(now, comparison);
        if (!settings.only().isEmpty()) {
            requireOnly();
            // the runs that decide it are left out
            plan.stream().filter(PlannedFault::decidesNeed).forEach(judge::need);
        }
        left.addAll(FaultPlan.inOrder(plan));
    }

    private void requireOnly() {
        String only = settings.only();
        List<String> names = plan.stream().map(PlannedFault::name).toList();
        if (!names.contains(only)) {
            throw new AssertionError("The sweep has no fault with the name \"" + only + "\", the only one to run"
                    + KnownWords.nearest(only, names)
                            .map(near -> "; " + KnownWords.didYouMean("\"" + near + "\""))
                            .orElse("; the names are in the report of the whole sweep"));
        }
    }

    /** The connections that may be open after a run. */
    synchronized int open() {
        return clean == null ? 0 : clean.open();
    }

    /** The next run; empty if none is left, or later runs depend on those that are not done. */
    synchronized Optional<Attempt> next() {
        Attempt again = repetitions.poll();
        if (again != null) {
            running++;
            return Optional.of(again);
        }
        while (!left.isEmpty()) {
            PlannedFault fault = left.element();
            String reason = whyLeftOut(fault);
            if (reason != null) {
                left.remove();
                results().put(fault, new Judgement(Verdict.LEFT_OUT, reason));
                continue;
            }
            if (!fault.decidesNeed() && running > 0 && isLearning()) {
                return Optional.empty();
            }
            left.remove();
            if (isSameAsTransient(fault)) {
                Judgement same = new Judgement(
                        Verdict.NOT_APPLICABLE, "the client opens no later connection, so this is the same fault");
                results().put(fault, same);
                continue;
            }
            begun++;
            running++;
            return Optional.of(attempt(fault, null));
        }
        return Optional.empty();
    }

    /** Whether a run that decides which messages the test needs is not done. */
    private boolean isLearning() {
        SweepResults planned = results();
        return plan.stream().anyMatch(fault -> fault.decidesNeed() && !planned.has(fault));
    }

    private @Nullable String whyLeftOut(PlannedFault fault) {
        if (stopped != null) {
            return stopped;
        }
        if (!settings.only().isEmpty() && !fault.name().equals(settings.only())) {
            return "only one fault was to run: " + settings.only();
        }
        if (begun >= settings.max()) {
            return "there are at most " + settings.max() + " runs (max)";
        }
        return System.nanoTime() - started > settings.maxTime().toNanos()
                ? "the sweep ends after " + Durations.describe(settings.maxTime()) + " (maxTime)"
                : null;
    }

    /** Whether a fault of later connections too is that of one connection, because there is no later one. */
    private boolean isSameAsTransient(PlannedFault fault) {
        if (!fault.persistent()) {
            return false;
        }
        return connections.entrySet().stream()
                .filter(one -> one.getKey().place().equals(fault.place())
                        && one.getKey().effect() == fault.effect())
                .anyMatch(one -> one.getValue() <= fault.place().connection() + 1);
    }

    private Attempt attempt(PlannedFault fault, @Nullable Judgement first) {
        long longestDelay = limit().toNanos() / 5 * 4;
        CleanRun before = Objects.requireNonNull(clean);
        return new Attempt(
                fault,
                new FaultInjection(fault, before, comparison, longestDelay, Judge.mostConnections(before)),
                first);
    }

    /** Notes a run with a fault. Returns its result; empty if it is repeated first. */
    synchronized Optional<SweepRun> ended(Attempt attempt, RunEvidence run) {
        running--;
        PlannedFault fault = Objects.requireNonNull(attempt.fault());
        Judge judging = Objects.requireNonNull(judge);
        if (fault.decidesNeed() && attempt.first() == null) {
            Duration time = shortest.merge(fault, run.time(), (one, other) -> one.compareTo(other) < 0 ? one : other);
            int count = tries.merge(fault, 1, Integer::sum);
            if (judging.isUnclear(run) && count < MOST_TRIES) {
                repetitions.add(attempt(fault, null));
                return Optional.empty();
            }
            judging.learn(fault, run, time);
        }
        if (!fault.persistent() && run.fired()) {
            connections.put(fault, run.connections());
        }
        Judgement found = results().withoutSecrets(judging.judge(fault, run), run);
        Judgement first = attempt.first();
        if (first == null && mayBeSlowness(fault, found.verdict())) {
            repetitions.add(attempt(fault, found));
            return Optional.empty();
        }
        if (first != null && first.verdict() != found.verdict()) {
            found = new Judgement(
                    Verdict.UNSTABLE,
                    "the first run was " + first.verdict() + " (" + first.reason() + "), the second " + found.verdict()
                            + " (" + found.reason() + ")");
        }
        return Optional.of(results().put(fault, found, run));
    }

    /**
     * Whether a slow machine may be the reason: a client exceeds its time limit although all data arrives, or is not at
     * its end yet.
     */
    private static boolean mayBeSlowness(PlannedFault fault, Verdict verdict) {
        return switch (verdict) {
            case SWALLOWED, LEAK -> true;
            case HANG -> false;
            default -> verdict.fails() && fault.effect().isHarmless();
        };
    }

    /** Leaves out a run that has begun. */
    synchronized void leaveOut(Attempt attempt, String reason) {
        running--;
        results().put(Objects.requireNonNull(attempt.fault()), new Judgement(Verdict.LEFT_OUT, reason));
    }

    /** Leaves out all further runs. */
    synchronized void stop(String reason) {
        stopped = reason;
        repetitions.forEach(again -> {
            Judgement first = again.first();
            Judgement result = first == null ? new Judgement(Verdict.LEFT_OUT, reason) : first;
            results().put(Objects.requireNonNull(again.fault()), result);
        });
        repetitions.clear();
    }

    private SweepResults results() {
        return Objects.requireNonNull(results);
    }

    SweepRecordings recordings() {
        return recordings;
    }

    /** The results in the order of the dialogue. */
    synchronized List<SweepRun> runs() {
        return results == null ? List.of() : results.of(plan);
    }
}

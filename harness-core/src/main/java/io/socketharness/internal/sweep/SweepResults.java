package io.socketharness.internal.sweep;

import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.sweep.Judge.Judgement;
import io.socketharness.sweep.SweepRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The results of a sweep. For one thread at a time. */
final class SweepResults {

    private final CleanRun clean;
    private final Comparison comparison;
    private final KnownWeaknesses known;
    private final SweepRecordings recordings;
    private final Map<PlannedFault, SweepRun> results = new HashMap<>();

    SweepResults(CleanRun clean, Comparison comparison, KnownWeaknesses known, SweepRecordings recordings) {
        this.clean = clean;
        this.comparison = comparison;
        this.known = known;
        this.recordings = recordings;
    }

    boolean has(PlannedFault fault) {
        return results.containsKey(fault);
    }

    /** The results of faults, in their order. */
    List<SweepRun> of(List<PlannedFault> plan) {
        return plan.stream().map(results::get).filter(Objects::nonNull).toList();
    }

    /** Adds the result of a fault that did not run to its end. */
    SweepRun put(PlannedFault fault, Judgement judgement) {
        return put(fault, judgement, Duration.ZERO, "", List.of());
    }

    /** Adds the result of a fault that has run. */
    SweepRun put(PlannedFault fault, Judgement judgement, RunEvidence run) {
        if (judgement.verdict().passes()) {
            return put(fault, judgement, run.time(), "", List.of());
        }
        String dialogue = run.recording().toString();
        if (!judgement.verdict().fails()) {
            return put(fault, judgement, run.time(), dialogue, List.of());
        }
        recordings.failed(fault.name(), run.recording());
        List<String> scripts =
                FaultScript.of(clean, comparison, fault, judgement.verdict(), run.connections(), run.delay());
        return put(fault, judgement, run.time(), dialogue, scripts);
    }

    private SweepRun put(
            PlannedFault fault, Judgement judgement, Duration time, String dialogue, List<String> scripts) {
        SweepRun run = new SweepRun(
                fault.name(),
                fault.place().connection(),
                fault.row(),
                fault.place().offset(),
                fault.persistent(),
                fault.effect(),
                judgement.verdict(),
                judgement.reason(),
                time,
                dialogue,
                known.accepts(judgement.verdict(), fault.name()),
                List.copyOf(scripts));
        results.put(fault, run);
        return run;
    }

    /** Hides the secrets of the run and of the clean run, because the client may not have sent them in the run. */
    Judgement withoutSecrets(Judgement judgement, RunEvidence run) {
        String reason = Recorder.of(run.recording()).withoutSecrets(judgement.reason());
        return new Judgement(judgement.verdict(), clean.withoutSecrets().apply(reason));
    }
}

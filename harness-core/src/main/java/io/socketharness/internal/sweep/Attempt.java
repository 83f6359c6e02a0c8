package io.socketharness.internal.sweep;

import io.socketharness.ServerSpec;
import org.jspecify.annotations.Nullable;

/** One execution of the test: a clean run, or a run with a fault. */
final class Attempt {

    /** Null in a clean run. */
    private final @Nullable PlannedFault fault;

    private final FaultInjection injection;
    /** The verdict that it repeats; null if it repeats none. */
    private final Judge.@Nullable Judgement first;

    Attempt(@Nullable PlannedFault fault, FaultInjection injection, Judge.@Nullable Judgement first) {
        this.fault = fault;
        this.injection = injection;
        this.first = first;
    }

    static Attempt withoutFault(Comparison comparison) {
        return new Attempt(null, new FaultInjection(comparison), null);
    }

    @Nullable
    PlannedFault fault() {
        return fault;
    }

    FaultInjection injection() {
        return injection;
    }

    Judge.@Nullable Judgement first() {
        return first;
    }

    /** Such as {@code reset after "S: 250 hello" (connection 0)}. */
    String name() {
        PlannedFault planned = fault;
        if (planned == null) {
            return "without a fault";
        }
        return first == null ? planned.name() : planned.name() + ", again";
    }

    SweepRunServer start(ServerSpec spec) {
        return SweepRunServer.start(spec, injection, System.nanoTime());
    }
}

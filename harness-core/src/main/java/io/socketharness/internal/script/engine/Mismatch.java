package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.script.ExpectationFailed;

/** A failed expectation with a sentence and details, such as a difference. */
final class Mismatch extends ExpectationFailed {

    private static final long serialVersionUID = 1;

    private final transient Reason reason;

    Mismatch(Reason reason) {
        super(reason.text());
        this.reason = reason;
    }

    Mismatch(Difference difference) {
        this(Reason.of(difference));
    }

    /** The reason of a failed expectation, whoever threw it. */
    static Reason reason(ExpectationFailed failed) {
        return failed instanceof Mismatch mismatch ? mismatch.reason : Reason.of(String.valueOf(failed.getMessage()));
    }
}

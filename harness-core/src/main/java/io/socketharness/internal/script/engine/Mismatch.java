package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Difference;
import io.socketharness.script.ExpectationFailed;

/** A failed expectation with a sentence and details, such as a difference. */
final class Mismatch extends ExpectationFailed {

    private static final long serialVersionUID = 1;

    private final transient Reason reason;
    private final String advice;

    Mismatch(Reason reason) {
        this(reason, "");
    }

    /** {@code advice} is a sentence, or empty. */
    Mismatch(Difference difference, String advice) {
        this(Reason.of(difference), advice);
    }

    private Mismatch(Reason reason, String advice) {
        super(reason.text());
        this.reason = reason;
        this.advice = advice;
    }

    /** What to do about a failed expectation: a sentence, or nothing. */
    static String advice(ExpectationFailed failed) {
        return failed instanceof Mismatch mismatch ? mismatch.advice : "";
    }

    /** The reason of a failed expectation, whoever threw it. */
    static Reason reason(ExpectationFailed failed) {
        return failed instanceof Mismatch mismatch ? mismatch.reason : Reason.of(String.valueOf(failed.getMessage()));
    }
}

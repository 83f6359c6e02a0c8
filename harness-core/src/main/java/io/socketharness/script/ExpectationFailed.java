package io.socketharness.script;

import io.socketharness.recording.Difference;

/** The client did something else than the step expects. */
final class ExpectationFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Reason reason;

    ExpectationFailed(Reason reason) {
        super(reason.text());
        this.reason = reason;
    }

    ExpectationFailed(Difference difference) {
        this(Reason.of(difference));
    }

    ExpectationFailed(String sentence) {
        this(Reason.of(sentence));
    }

    Reason reason() {
        return reason;
    }
}

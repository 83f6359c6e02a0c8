package io.socketharness.script;

/** The client did something else than the step expects. */
final class ExpectationFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    ExpectationFailed(String message) {
        super(message);
    }
}

package io.socketharness.script;

/**
 * Thrown by a step or a framing when the client's input differs from the expected input. The report shows only the
 * message, as the reason why the step failed, without a stack trace.
 */
public class ExpectationFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what was expected and what was found, in one or more lines; the first line is recorded
     */
    public ExpectationFailed(String message) {
        super(message);
    }
}

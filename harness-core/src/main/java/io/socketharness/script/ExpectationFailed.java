package io.socketharness.script;

/**
 * Thrown by a step or a framing when the client did something else than expected. The report shows the message alone, as
 * the reason why the step failed, without a stack trace.
 */
public class ExpectationFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Says what was expected and what was found.
     *
     * @param message one or several lines; the first one stands in the recording
     */
    public ExpectationFailed(String message) {
        super(message);
    }
}

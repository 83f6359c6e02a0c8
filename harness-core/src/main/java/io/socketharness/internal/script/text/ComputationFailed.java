package io.socketharness.internal.script.text;

import io.socketharness.internal.ThrownText;

/** The function of a variable threw an exception, which is the cause. */
public final class ComputationFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String variable;

    ComputationFailed(String variable, Throwable thrown) {
        super("the function of ${" + variable + "} threw " + ThrownText.inOneLine(thrown), thrown);
        this.variable = variable;
    }

    /** The name of the variable. */
    public String variable() {
        return variable;
    }
}

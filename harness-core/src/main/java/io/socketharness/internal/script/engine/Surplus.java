package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import java.util.List;

/** The advice about input that a script does not expect after its last step. */
final class Surplus {

    private Surplus() {}

    /** A sentence or two; {@code own} if the script serves this connection alone. */
    static String advice(Progress progress, Input input, boolean own) {
        List<Behaviour> steps = progress.script();
        int first = firstTaking(steps);
        if (first >= 0 && steps.get(first) instanceof ExpectStep && input.repeatsFirstMessage()) {
            return "The client sent the message of step " + (first + 1)
                    + " again. If it may, put the steps into @forever or @repeat 2.";
        }
        int last = lastTaking(steps);
        if (last >= 0 && isUnbounded(steps.get(last), input) && input.continuesRead()) {
            return "It came together with the message of step " + (last + 1)
                    + ". Is that message longer than the script expects?";
        }
        return own
                ? "This script serves one connection. If several requests come on one connection, put the steps of all of"
                        + " them into its script, or into @forever."
                : "Add a step that expects it, or end the script with @close or @discard.";
    }

    private static int firstTaking(List<Behaviour> steps) {
        int i = 0;
        while (i < steps.size() && !Progress.takes(steps.get(i))) {
            i++;
        }
        return i < steps.size() ? i : -1;
    }

    private static int lastTaking(List<Behaviour> steps) {
        int i = steps.size() - 1;
        while (i >= 0 && !Progress.takes(steps.get(i))) {
            i--;
        }
        return i;
    }

    /** Whether a step expects bytes, and nothing else says where their message ends. */
    private static boolean isUnbounded(Behaviour step, Input input) {
        return step instanceof ExpectStep expecting
                && !expecting.takesLine()
                && !expecting.takesAny()
                && !input.isDatagrams()
                && input.pending().framing() == null;
    }
}

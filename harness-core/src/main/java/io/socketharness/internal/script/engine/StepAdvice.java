package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import org.jspecify.annotations.Nullable;

/** What to do about a message that did not arrive. Where a part of it arrived, the reason says what is missing. */
final class StepAdvice {

    /** The beginning of the message arrived. */
    private static final String CUT = "Is the client's message shorter than the script expects?";

    private StepAdvice() {}

    /** The client closed or reset the connection before the message, or in it: a sentence, or nothing. */
    static String left(Input input, boolean inMessage, boolean reset) {
        if (inMessage) {
            return input.isCut() ? CUT : "";
        }
        return (reset
                        ? "A client that closes with unread input resets the connection. If it may do so here,"
                        : "If the client may close here,")
                + " put the remaining steps into @maybe.";
    }

    /** The message did not arrive in time: a sentence, or nothing. The test has passed, or the client may be waiting. */
    static String late(@Nullable Behaviour step, Input input, boolean testPassed) {
        long held = input.held();
        if (held > 0) {
            return "The network conditions hold back " + held + (held == 1 ? " byte" : " bytes")
                    + " of the client: see \"network\" in the dialogue.";
        }
        String framing = FramingHint.of(step, input);
        if (!framing.isEmpty()) {
            return framing;
        }
        if (!(step instanceof ExpectStep) || !input.arrivedPart().isEmpty()) {
            return input.isCut() ? CUT : "";
        }
        if (input.hasNetworkConditions()) {
            return "Do the network conditions lose or hold back data? See \"network\" in the dialogue.";
        }
        return testPassed
                ? "The test ended without it. Does the client send it at all? If it need not, put the remaining steps into"
                        + " @maybe."
                : "Does the client wait for something that the script does not send?";
    }
}

package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.ExpectationFailed;

/** Creates the exceptions for a receive that meets the end of the input. */
final class InputEnd {

    private final ExchangeRecorder recorder;

    InputEnd(ExchangeRecorder recorder) {
        this.recorder = recorder;
    }

    /** The end before something that is not a message. */
    EndOfInput before(String what) {
        return new EndOfInput(sentence(what), 0, isReset());
    }

    /**
     * The end before a message is complete. {@code arrived} is the part of it, or of the message around it, that
     * arrived.
     */
    EndOfInput of(PendingReceive pending, long partial, Bytes arrived) {
        return new EndOfInput(sentence(pending.what()) + pending.arrived(arrived), partial, isReset());
    }

    private String sentence(String message) {
        if (isReset()) {
            return "the client reset the connection while the server waited for " + message;
        }
        if (!isByServer()) {
            return "the client closed the connection while the server waited for " + message;
        }
        String how = recorder.has(Event.Kind.RESET_BY_SERVER) ? "reset" : "closed";
        return message + " cannot arrive: the server has " + how + " the connection";
    }

    /** Whether the server ended the connection first, so that the client's end is unknown. */
    boolean isByServer() {
        return !recorder.has(Event.Kind.HALF_CLOSED_BY_CLIENT)
                && (recorder.has(Event.Kind.CLOSED) || recorder.has(Event.Kind.RESET_BY_SERVER));
    }

    /** The exception for input beyond the limit of the recording. */
    static ExpectationFailed lost() {
        return new ExpectationFailed(
                "the received bytes are no longer available: the recording's limit was reached before a step read"
                        + " them");
    }

    boolean isReset() {
        return recorder.has(Event.Kind.RESET_BY_CLIENT);
    }
}

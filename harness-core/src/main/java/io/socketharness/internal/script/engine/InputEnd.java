package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.ExpectationFailed;

/** Says how the input of a connection has ended, to a receive that waits for more. */
final class InputEnd {

    private final ExchangeRecorder recorder;

    InputEnd(ExchangeRecorder recorder) {
        this.recorder = recorder;
    }

    /** The end in place of something that is no message. */
    EndOfInput before(String what) {
        return new EndOfInput(sentence(what), 0, isReset());
    }

    /** The end before a message is complete; of that, or of the message around it, these bytes arrived. */
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

    /** Whether the server's own end came first, so that the client's is not known. */
    boolean isByServer() {
        return !recorder.has(Event.Kind.HALF_CLOSED_BY_CLIENT)
                && (recorder.has(Event.Kind.CLOSED) || recorder.has(Event.Kind.RESET_BY_SERVER));
    }

    /** For input that is beyond the limit of the recording. */
    static ExpectationFailed lost() {
        return new ExpectationFailed(
                "the received bytes are no longer available: the recording's limit was reached before a step read"
                        + " them");
    }

    boolean isReset() {
        return recorder.has(Event.Kind.RESET_BY_CLIENT);
    }
}

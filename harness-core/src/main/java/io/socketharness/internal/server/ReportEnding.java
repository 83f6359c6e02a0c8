package io.socketharness.internal.server;

import io.socketharness.Tape;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
import java.util.Optional;

/** Completes the reports of a server: removes secrets, and says that a replay is one. */
final class ReportEnding {

    private final Recorder recorder;
    private volatile String advice;

    ReportEnding(ServerRuntime runtime) {
        this.recorder = runtime.recorder();
        // without a method reference, which would load the class of tapes for every server
        Optional<Tape> tape = runtime.spec().tape();
        this.advice = tape.isPresent() ? ofReplay(tape.get()) : "";
    }

    void advise(String sentence) {
        advice = sentence;
    }

    Fault complete(Fault fault) {
        return isNeeded()
                ? new Fault(
                        complete(fault.error()),
                        recorder.withoutSecrets(fault.inOneLine()),
                        fault.failedAt(),
                        fault.isCause())
                : fault;
    }

    Note complete(Note note) {
        return isNeeded() ? new Note(complete(note.error()), recorder.withoutSecrets(note.inOneLine())) : note;
    }

    private boolean isNeeded() {
        return !advice.isEmpty() || !recorder.secrets().patterns().isEmpty();
    }

    private AssertionError complete(AssertionError error) {
        String text = recorder.withoutSecrets(String.valueOf(error.getMessage()))
                + (advice.isEmpty() ? "" : "\n\n  " + advice);
        AssertionError complete = new AssertionError(text, error.getCause());
        complete.setStackTrace(error.getStackTrace());
        for (Throwable suppressed : error.getSuppressed()) {
            complete.addSuppressed(suppressed);
        }
        return complete;
    }

    private static String ofReplay(Tape tape) {
        return "This is a replay of " + tape.title()
                + ". Declare a part that differs in each run with mask. If the client or the real server has changed, record"
                + " the tape again: run the test with -Dsocketharness.tape=record, or use Tape.of(...) where the test has no"
                + " annotation.";
    }
}

package io.socketharness.internal.server;

import io.socketharness.Tape;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
import java.util.Optional;

/** Completes the reports of a server: removes secrets, and says that a replay is one. */
final class ReportEnding {

    private final Recorder recorder;
    private final Optional<Tape> tape;

    ReportEnding(ServerRuntime runtime) {
        this.recorder = runtime.recorder();
        this.tape = runtime.spec().tape();
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
        return tape.isPresent() || !recorder.secrets().patterns().isEmpty();
    }

    private AssertionError complete(AssertionError error) {
        String text = recorder.withoutSecrets(String.valueOf(error.getMessage()))
                + tape.map(replayed -> "\n\n  " + advice(replayed)).orElse("");
        AssertionError complete = new AssertionError(text, error.getCause());
        complete.setStackTrace(error.getStackTrace());
        for (Throwable suppressed : error.getSuppressed()) {
            complete.addSuppressed(suppressed);
        }
        return complete;
    }

    private static String advice(Tape tape) {
        return "This is a replay of " + tape.title()
                + ". If the client or the real server has changed, record it again:"
                + " run the test with -Dsocketharness.tape=record, or use Tape.of(...) where the test has no annotation.";
    }
}

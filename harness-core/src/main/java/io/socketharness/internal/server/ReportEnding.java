package io.socketharness.internal.server;

import io.socketharness.Tape;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
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
        return isNeeded() ? fault.with(complete(fault.report()), recorder.withoutSecrets(fault.inOneLine())) : fault;
    }

    Note complete(Note note) {
        return isNeeded() ? Note.of(complete(note.report()), recorder.withoutSecrets(note.inOneLine())) : note;
    }

    private boolean isNeeded() {
        return !advice.isEmpty() || !recorder.secrets().patterns().isEmpty();
    }

    private Report complete(Report report) {
        Report hidden = report.map(recorder::withoutSecrets);
        return advice.isEmpty() ? hidden : hidden.with("  " + advice);
    }

    private static String ofReplay(Tape tape) {
        return "This is a replay of " + tape.title()
                + ". Declare a part that differs in each run with mask. If the client or the real server has changed, record"
                + " the tape again: run the test with -Dsocketharness.tape=record, or use Tape.of(...) where the test has no"
                + " annotation.";
    }
}

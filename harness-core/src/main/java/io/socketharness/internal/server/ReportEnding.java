package io.socketharness.internal.server;

import io.socketharness.Tape;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    /** Completes all faults. The recording is searched for secrets once. */
    void complete(Map<Object, Fault> faults) {
        if (!faults.isEmpty() && isNeeded()) {
            UnaryOperator<String> hide = recorder.hidingSecrets();
            faults.replaceAll(
                    (subject, fault) -> fault.with(complete(fault.report(), hide), hide.apply(fault.inOneLine())));
        }
    }

    Note complete(Note note) {
        if (!isNeeded()) {
            return note;
        }
        UnaryOperator<String> hide = recorder.hidingSecrets();
        return Note.of(complete(note.report(), hide), hide.apply(note.inOneLine()));
    }

    private boolean isNeeded() {
        return !advice.isEmpty() || !recorder.secrets().patterns().isEmpty();
    }

    private Report complete(Report report, UnaryOperator<String> hide) {
        Report hidden = report.map(hide);
        return advice.isEmpty() ? hidden : hidden.with("  " + advice);
    }

    private static String ofReplay(Tape tape) {
        return "This is a replay of " + tape.title()
                + ". Declare a part that differs in each run with mask. If the client or the real server has changed, record"
                + " the tape again: run the test with -Dsocketharness.tape=record, or use Tape.of(...) where the test has no"
                + " annotation.";
    }
}

package io.socketharness.internal.server;

import io.socketharness.Tape;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Completes the reports of a server: removes secrets, and says that a replay is one. */
final class ReportEnding {

    private final Recorder recorder;
    /** For each report; null if the server replays no tape. */
    private final @Nullable ReplayAdvice replay;

    private volatile String advice = "";

    ReportEnding(ServerRuntime runtime) {
        this.recorder = runtime.recorder();
        // without a method reference, which would load the class of tapes for every server
        Optional<Tape> tape = runtime.spec().tape();
        this.replay = tape.isPresent() ? new ReplayAdvice(tape.get()) : null;
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
        return !advice.isEmpty()
                || replay != null
                || !recorder.secrets().patterns().isEmpty();
    }

    private Report complete(Report report, UnaryOperator<String> hide) {
        Report hidden = report.map(hide);
        String sentence = !advice.isEmpty() || replay == null ? advice : replay.of(report);
        return sentence.isEmpty() ? hidden : hidden.with("  " + sentence);
    }
}

package io.socketharness.internal.runtime;

import io.socketharness.internal.recording.Recorder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Failures of a server itself, not of one of its conversations. */
public final class ServerFailures {

    /** The last failure, and its time in terms of {@link System#nanoTime()}. */
    public record Failed(AssertionError error, long at) {}

    private final Recorder recorder;

    private volatile @Nullable Failed failed;
    private volatile @Nullable AssertionError problem;

    ServerFailures(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Notes that one of the server's threads cannot continue. */
    public void failed(String message, Throwable cause) {
        failed =
                new Failed(new AssertionError(recorder.recording().title() + ": " + message, cause), System.nanoTime());
        recorder.changed();
    }

    /** Notes a problem after which the server continues: it may be the reason for another failure. */
    synchronized void reportProblem(String message, Throwable cause) {
        if (problem == null) {
            problem = new AssertionError(recorder.recording().title() + ": " + message, cause);
        }
    }

    public Optional<Failed> failed() {
        return Optional.ofNullable(failed);
    }

    /** The first problem after which the server continued. */
    public Optional<AssertionError> problem() {
        return Optional.ofNullable(problem);
    }
}

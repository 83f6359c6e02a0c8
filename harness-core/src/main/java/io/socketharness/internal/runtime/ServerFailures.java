package io.socketharness.internal.runtime;

import io.socketharness.internal.recording.Recorder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What went wrong with a server itself, and not with one of its conversations. */
public final class ServerFailures {

    /** The last failure, and when that was, as {@link System#nanoTime()} tells time. */
    public record Failed(AssertionError error, long at) {}

    private final Recorder recorder;

    private volatile @Nullable Failed failed;
    private volatile @Nullable AssertionError hindrance;

    ServerFailures(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Notes that one of the server's threads cannot go on. */
    public void failed(String message, Throwable cause) {
        failed =
                new Failed(new AssertionError(recorder.recording().title() + ": " + message, cause), System.nanoTime());
        recorder.changed();
    }

    /** Notes a problem in spite of which the server goes on: it may be the reason why something else fails. */
    synchronized void hindered(String message, Throwable cause) {
        if (hindrance == null) {
            hindrance = new AssertionError(recorder.recording().title() + ": " + message, cause);
        }
    }

    public Optional<Failed> failed() {
        return Optional.ofNullable(failed);
    }

    /** The first problem in spite of which the server went on. */
    public Optional<AssertionError> hindrance() {
        return Optional.ofNullable(hindrance);
    }
}

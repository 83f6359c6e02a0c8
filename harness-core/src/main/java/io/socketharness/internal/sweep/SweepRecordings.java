package io.socketharness.internal.sweep;

import io.socketharness.ServerSpec;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Recording;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The recordings that the page of a sweep shows: of the clean run, and of some runs that failed. Thread-safe. */
public final class SweepRecordings {

    /** How many runs that failed have a recording, to limit the memory. */
    static final int MOST = 50;
    /** How many bytes of clients and servers these recordings have together. */
    static final long MOST_BYTES = 32 << 20;

    private final ServerSpec spec;
    private @Nullable Recording clean;
    private final Map<String, Recording> failed = new HashMap<>();
    private long bytes;

    SweepRecordings(ServerSpec spec) {
        this.spec = spec;
    }

    /** The specification of the servers. */
    ServerSpec spec() {
        return spec;
    }

    /** The name of the servers, or their transport. */
    public String title() {
        return spec.name().orElse(spec.transport().toString());
    }

    synchronized void clean(Recording recording) {
        clean = recording;
    }

    /** Keeps the recording of a run that failed, if there is room. */
    synchronized void failed(String name, Recording recording) {
        long more = Recorder.of(recording).keptBytes();
        if (failed.size() < MOST && bytes + more <= MOST_BYTES) {
            bytes += more;
            failed.put(name, recording);
        }
    }

    synchronized Optional<Recording> clean() {
        return Optional.ofNullable(clean);
    }

    /** The recording of a run with a fault; empty if it is not kept. */
    synchronized Optional<Recording> of(String name) {
        return Optional.ofNullable(failed.get(name));
    }
}

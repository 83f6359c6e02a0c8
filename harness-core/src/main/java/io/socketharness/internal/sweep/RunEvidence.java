package io.socketharness.internal.sweep;

import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a run.
 *
 * @param thrown the exception of the test; null if it returned
 * @param time how long the test took
 * @param hang set if it exceeded the time limit
 * @param traces the dialogues, in the order of the connections
 * @param address the variables of the server's address
 * @param fired whether the fault has happened
 * @param divergence how the dialogue before the fault differs from the clean run; null if it does not
 * @param obstacle why the fault cannot happen; null if it can
 * @param mismatch the mismatch of a connection without a fault; null if there is none
 * @param open how many connections of the client are still open
 * @param delay how long a delayed message has waited
 * @param recording the recording
 */
record RunEvidence(
        @Nullable Throwable thrown,
        Duration time,
        Optional<Watchdog.Hang> hang,
        List<ConnectionTrace> traces,
        Map<String, String> address,
        boolean fired,
        @Nullable String divergence,
        @Nullable String obstacle,
        @Nullable Mismatch mismatch,
        int open,
        Duration delay,
        Recording recording) {

    /**
     * A mismatch.
     *
     * @param words the connection and the reason
     * @param wasOpen whether the connection was open before the fault
     */
    record Mismatch(String words, boolean wasOpen) {}

    int connections() {
        return traces.size();
    }

    /** Whether the test returned in time. */
    boolean returned() {
        return thrown == null && hang.isEmpty();
    }
}

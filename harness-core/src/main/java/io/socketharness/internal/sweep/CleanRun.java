package io.socketharness.internal.sweep;

import io.socketharness.Transport;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The run without a fault.
 *
 * @param transport the transport of the server
 * @param connections the dialogue of each connection
 * @param address the variables of the server's address
 * @param open how many connections of the client stay open
 * @param time how long the test took
 * @param recording the recording
 * @param withoutSecrets replaces secrets of the recording in a text by asterisks
 */
record CleanRun(
        Transport transport,
        List<ConnectionTrace> connections,
        Map<String, String> address,
        int open,
        Duration time,
        Recording recording,
        UnaryOperator<String> withoutSecrets) {

    /** The run of a server with this transport. */
    static CleanRun of(Transport transport, RunEvidence run) {
        return new CleanRun(
                transport,
                run.traces(),
                run.address(),
                run.open(),
                run.time(),
                run.recording(),
                Recorder.of(run.recording()).hidingSecrets());
    }

    List<TracedMessage> messages(int connection) {
        return connections.get(connection).messages();
    }
}

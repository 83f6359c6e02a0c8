package io.socketharness.internal.sweep;

import io.socketharness.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The run without a fault.
 *
 * @param transport the transport of the server
 * @param connections the dialogue of each connection
 * @param address the variables of the server's address
 * @param open how many connections of the client stay open
 * @param time how long the test took
 */
record CleanRun(
        Transport transport, List<ConnectionTrace> connections, Map<String, String> address, int open, Duration time) {

    List<TracedMessage> messages(int connection) {
        return connections.get(connection).messages();
    }
}

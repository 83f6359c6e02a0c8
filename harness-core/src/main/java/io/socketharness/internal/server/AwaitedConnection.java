package io.socketharness.internal.server;

import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.RecordingWait;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.runtime.ServerState;
import java.util.List;
import java.util.Optional;

/** Waits for a connection by its index. */
final class AwaitedConnection {

    private final ServerRuntime runtime;
    private final int index;

    private AwaitedConnection(ServerRuntime runtime, int index) {
        this.runtime = runtime;
        this.index = index;
    }

    /** Waits up to the server's timeout. The state of the server is part of the failure. */
    static ServerConnection await(ServerRuntime runtime, int index) {
        if (index < 0) {
            throw new IllegalArgumentException("expected connection " + index + "; the first is 0");
        }
        AwaitedConnection awaited = new AwaitedConnection(runtime, index);
        return awaited.find().or(awaited::awaitArrival).orElseThrow(() -> {
            Report report = awaited.missing(runtime.state());
            return runtime.recorder().reportedBy(new AssertionError(report.text()), report);
        });
    }

    private Optional<ServerConnection> find() {
        return find(runtime.assignedConnections());
    }

    private Optional<ServerConnection> find(List<ServerConnection> among) {
        return among.stream()
                .filter(one -> one.conversation().exchange().index() == index)
                .findFirst();
    }

    private Optional<ServerConnection> awaitArrival() {
        RecordingWait.until(
                runtime.recorder(),
                () -> runtime.isClosed() || find(runtime.connections()).isPresent(),
                Boolean::booleanValue,
                runtime.spec().timeout());
        return find();
    }

    private Report missing(ServerState state) {
        String reason = runtime.isClosed()
                ? "but the server is closed. " + opened() + " before. Call connection(" + index
                        + ") before the server is closed."
                : "for " + Durations.describe(runtime.spec().timeout()) + ". " + opened() + ", and the server is "
                        + state + ". " + advice(state);
        return Report.of(
                runtime.title() + ": waited for connection " + index + " (the first is 0), " + reason,
                runtime.recorder().recording().toString());
    }

    private String opened() {
        int count = runtime.connections().size();
        return count == 0
                ? "No connection was opened"
                : count == 1 ? "1 connection was opened" : count + " connections were opened";
    }

    private String advice(ServerState state) {
        if (state != ServerState.LISTENING) {
            return "Call listen() before the client connects.";
        }
        String to = " to " + runtime.address() + "?";
        if (runtime.spec().transport().isDatagrams()) {
            return (index == 0 ? "Does a client send" : "Do " + (index + 1) + " clients send") + to;
        }
        return (index == 0 ? "Does a client connect" : "Do clients connect " + (index + 1) + " times") + to;
    }
}

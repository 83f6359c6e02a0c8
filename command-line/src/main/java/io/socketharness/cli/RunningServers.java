package io.socketharness.cli;

import io.socketharness.ServerStartException;
import io.socketharness.spi.ObservedServer;
import java.util.ArrayList;
import java.util.List;

/** All servers of the program: none runs unless all of them do. */
final class RunningServers implements AutoCloseable {

    private final List<RunningServer> servers = new ArrayList<>();

    private RunningServers() {}

    /** Starts all servers, or none. */
    static RunningServers start(List<PlannedServer> plans, long origin, EventQueue events) {
        RunningServers all = new RunningServers();
        for (PlannedServer plan : plans) {
            try {
                all.servers.add(new RunningServer(
                        plan, ObservedServer.start(plan.spec(), origin, events.observer(all.servers.size()))));
            } catch (ServerStartException impossible) {
                all.close();
                String name = plan.name().isEmpty() ? "" : plan.name() + ": ";
                throw new UsageException(name + CommandWords.of(String.valueOf(impossible.getMessage())));
            }
        }
        return all;
    }

    List<RunningServer> all() {
        return servers;
    }

    RunningServer get(int index) {
        return servers.get(index);
    }

    Totals totals() {
        int connections = 0;
        int failures = 0;
        for (RunningServer server : servers) {
            connections += server.observed().connections();
            failures += server.failureCount();
        }
        return new Totals(connections, failures);
    }

    @Override
    public void close() {
        servers.forEach(RunningServer::close);
    }
}

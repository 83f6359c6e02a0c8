package io.socketharness.testcontainers;

import io.socketharness.FakeServer;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;

/** The SSH tunnel of Testcontainers: from a container of its own to localhost, as the test's JVM sees it. */
record Tunnel(FakeServer server) implements Route {

    @Override
    public String open(GenericContainer<?> container) {
        String name = GenericContainer.INTERNAL_HOST_HOSTNAME;
        Started.requireHost(container, name, server, "withAccessToHost(true)");
        Testcontainers.exposeHostPorts(server.port());
        return name;
    }
}

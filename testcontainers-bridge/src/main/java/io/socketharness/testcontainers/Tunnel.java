package io.socketharness.testcontainers;

import io.socketharness.FakeServer;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;

/**
 * The route through the SSH tunnel of Testcontainers, which leads from a helper container to localhost of the test's
 * JVM.
 */
record Tunnel(FakeServer server) implements Route {

    @Override
    public String open(GenericContainer<?> container) {
        String name = GenericContainer.INTERNAL_HOST_HOSTNAME;
        Started.requireHost(container, name, server, "withAccessToHost(true)");
        Testcontainers.exposeHostPorts(server.port());
        return name;
    }
}

package io.socketharness.testcontainers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.socketharness.FakeServer;
import java.util.Arrays;
import org.testcontainers.containers.GenericContainer;

/** Checks for containers that are already running and can no longer be changed. */
final class Started {

    private Started() {}

    static boolean is(GenericContainer<?> container) {
        return container.getContainerId() != null;
    }

    /**
     * Checks that a started container knows a host.
     *
     * @return whether the container was started
     * @throws IllegalStateException if the container was started and does not know the host
     */
    static boolean requireHost(GenericContainer<?> container, String name, FakeServer server, String how) {
        if (!is(container)) {
            return false;
        }
        InspectContainerResponse info = container.getContainerInfo();
        String[] hosts = info.getHostConfig().getExtraHosts();
        if (hosts == null || Arrays.stream(hosts).noneMatch(host -> host.startsWith(name + ":"))) {
            throw tooLate(container, server, "does not know " + name, "start it with " + how);
        }
        return true;
    }

    static IllegalStateException tooLate(GenericContainer<?> container, FakeServer server, String lacks, String or) {
        return new IllegalStateException("the container "
                + container.getContainerName().substring(1) + " is already running and "
                + lacks + ", so it cannot reach " + server.recording().title()
                + "; call expose before it starts, or " + or);
    }
}

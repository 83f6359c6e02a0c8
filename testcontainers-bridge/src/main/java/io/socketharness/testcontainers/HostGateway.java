package io.socketharness.testcontainers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network.Ipam;
import io.socketharness.FakeServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * The route over the host gateway of the engine, with a host name that Docker Desktop defines and other engines get as
 * an option.
 */
record HostGateway(FakeServer server) implements Route {

    private static final String NAME = "host.docker.internal";
    private static final String TOLD_BY_ENGINE = "host-gateway";
    private static final Set<String> PREDEFINED = Set.of("default", "bridge", "host", "none");

    @Override
    public String open(GenericContainer<?> container) {
        String option = "withExtraHost(\"" + NAME + "\", \"" + TOLD_BY_ENGINE + "\")";
        if (!Started.requireHost(container, NAME, server, option)) {
            container.withCreateContainerCmdModifier(created -> addName(created, container.getDockerClient()));
        }
        return NAME;
    }

    private static void addName(CreateContainerCmd created, DockerClient engine) {
        HostConfig config = Objects.requireNonNull(created.getHostConfig());
        String[] known = config.getExtraHosts();
        List<String> hosts = new ArrayList<>(known == null ? List.of() : Arrays.asList(known));
        if (hosts.stream().noneMatch(host -> host.startsWith(NAME + ":"))) {
            hosts.add(NAME + ":" + gateway(config.getNetworkMode(), engine));
            config.withExtraHosts(hosts.toArray(String[]::new));
        }
    }

    /**
     * Returns the address for the name. The engine's own value is the gateway of its first network. A UDP client in
     * another network could send to it. But the answers would come from the gateway of the client's network, so the
     * client would drop them.
     */
    private static String gateway(@Nullable String network, DockerClient engine) {
        if (network == null || PREDEFINED.contains(network) || network.startsWith("container:")) {
            return TOLD_BY_ENGINE;
        }
        List<Ipam.Config> ranges = engine.inspectNetworkCmd()
                .withNetworkId(network)
                .exec()
                .getIpam()
                .getConfig();
        return (ranges == null ? List.<Ipam.Config>of() : ranges)
                .stream()
                        .map(Ipam.Config::getGateway)
                        .filter(HostGateway::isOfThisMachine)
                        .findFirst()
                        .orElse(TOLD_BY_ENGINE);
    }

    /**
     * Returns whether this machine has the address; not the case if the engine runs in a virtual machine, as with
     * Docker Desktop.
     */
    private static boolean isOfThisMachine(@Nullable String address) {
        try {
            return address != null
                    && address.contains(".")
                    && NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
        } catch (UnknownHostException | SocketException unknown) {
            throw new UncheckedIOException(unknown);
        }
    }
}

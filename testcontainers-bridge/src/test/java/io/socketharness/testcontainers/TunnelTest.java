package io.socketharness.testcontainers;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.testcontainers.Page.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;

/** Servers that are bound to localhost, as they are by default. */
class TunnelTest {

    private final ClientContainer client = new ClientContainer();

    @AfterEach
    void stop() {
        client.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://localhost:0"})
    void leadsToAServer(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url, expectLine("PING"), sendLine("PONG"), close())) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            assertThat(address).hasToString("tcp://host.testcontainers.internal:" + server.port());
            assertThat(ping(client, address)).isEqualTo("PONG\r\n");
            server.verify();
        }
    }

    @Test
    void leadsToSeveralServers() throws Exception {
        try (FakeServer one = FakeServer.start("tcp:", expectLine("PING"), sendLine("one"), close());
                FakeServer two = FakeServer.start("tcp:", expectLine("PING"), sendLine("two"), close())) {
            ContainerAddress first = ContainerAddress.expose(one, client);
            ContainerAddress second = ContainerAddress.expose(two, client);
            client.start();

            assertThat(ping(client, first)).isEqualTo("one\r\n");
            assertThat(ping(client, second)).isEqualTo("two\r\n");
        }
    }

    @Test
    void leadsThereFromSeveralContainersInNetworksOfTheirOwn() throws Exception {
        try (Network network = Network.newNetwork();
                ClientContainer other = new ClientContainer().withNetwork(network);
                FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"), close())) {
            ContainerAddress first = ContainerAddress.expose(server, client);
            ContainerAddress second = ContainerAddress.expose(server, other);
            client.start();
            other.start();

            assertThat(ping(client, first)).isEqualTo("PONG\r\n");
            assertThat(ping(other, second)).isEqualTo("PONG\r\n");
            server.verify();
        }
    }

    @Test
    void leadsToAServerThatIsStartedLater() throws Exception {
        client.withAccessToHost(true).start();
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"), close())) {
            ContainerAddress address = ContainerAddress.expose(server, client);

            assertThat(ping(client, address)).isEqualTo("PONG\r\n");
            server.verify();
        }
    }

    @Test
    void hasANameThatCertificatesAreFor() throws Exception {
        try (FakeServer server = FakeServer.start("tls:", Script.parse(PAGE))) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.withCopyToContainer(Transferable.of(server.tls().caPem()), "/ca.pem");
            client.start();

            assertThat(client.run("curl -sS --cacert /ca.pem https://$1:$2/", address.host(), address.port()))
                    .isEqualTo("hello");
            assertThat(server).connection(0).requestedServerName("host.testcontainers.internal");
            server.verify();
        }
    }

    @Test
    void turnsFaultsIntoCloses() throws Exception {
        try (FakeServer resetting = FakeServer.start("tcp:", expectLine("GET / HTTP/1.1"), receive("host"), reset());
                FakeServer refusing = FakeServer.start("tcp:")) {
            ContainerAddress first = ContainerAddress.expose(resetting, client);
            ContainerAddress second = ContainerAddress.expose(refusing, client);
            client.start();
            refusing.refuse();

            assertThat(client.run("curl -sS http://$1:$2/", first.host(), first.port()))
                    .contains("curl: (52)");
            assertThat(client.run("curl -sS http://$1:$2/", second.host(), second.port()))
                    .containsPattern("curl: \\((52|56)\\)"); // a FIN or a RST: what is unread decides
        }
    }

    /** The client's input has no end, so that it leaves the first half-close to the server. */
    private static String ping(ClientContainer from, ContainerAddress to) throws Exception {
        return from.run("mkfifo /$2; exec 3<>/$2; echo PING >&3; nc $1 $2 <&3", to.host(), to.port());
    }
}

package io.socketharness.testcontainers;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.testcontainers.Page.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;

/** Servers that are bound to addresses which containers reach by themselves. */
class HostGatewayTest {

    /** TFTP (RFC 1350): a request, a block that is the last for it is short, and its receipt. */
    private static final Script FILE = Script.parse("""
            @receive request
            S< \\0\\x03\\0\\x01hello
            C< \\0\\x04\\0\\x01
            """);

    private static final Script TIME = Script.parse("""
            C: time?
            S: 12:00
            @close
            """);

    /** What the client says is over when it half-closes. */
    private static final Behaviour ANSWER_TO_THE_END = connection -> {
        if (connection.receiveLine().equals("PING") && connection.atEnd()) {
            connection.sendLine("PONG");
        }
    };

    private final ClientContainer client = new ClientContainer();

    @AfterEach
    void stop() {
        client.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://0.0.0.0:0", "tcp://[::]:0"})
    void leadsToAServerOnAllAddresses(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url, expectLine("PING"), sendLine("PONG"))) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            assertThat(address).hasToString("tcp://host.docker.internal:" + server.port());
            assertThat(client.run("echo PING | nc $1 $2", address.host(), address.port()))
                    .isEqualTo("PONG\r\n");
            server.verify();
        }
    }

    @Test
    void anAddressOfThisMachineNeedsNoName() throws Exception {
        try (FakeServer server =
                FakeServer.start("tcp://" + ownAddress() + ":0", expectLine("PING"), sendLine("PONG"))) {
            client.start();
            ContainerAddress address = ContainerAddress.expose(server, client);

            assertThat(address).hasToString("tcp://" + server.host() + ":" + server.port());
            assertThat(client.run("echo PING | nc $1 $2", address.host(), address.port()))
                    .isEqualTo("PONG\r\n");
            server.verify();
        }
    }

    private static String ownAddress() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hasANameThatCertificatesAreFor() throws Exception {
        try (FakeServer server = FakeServer.start("tls://0.0.0.0:0", Script.parse(PAGE))) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.withCopyToContainer(Transferable.of(server.tls().caPem()), "/ca.pem");
            client.start();

            assertThat(client.run("curl -sS --cacert /ca.pem https://$1:$2/", address.host(), address.port()))
                    .isEqualTo("hello");
            assertThat(server).connection(0).requestedServerName("host.docker.internal");
            server.verify();
        }
    }

    @Test
    void carriesDatagrams() throws Exception {
        try (FakeServer server = FakeServer.start("udp://0.0.0.0:0", FILE)) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            assertThat(client.run("tftp -g -r any -l /file $1 $2; cat /file", address.host(), address.port()))
                    .isEqualTo("hello");
            server.verify();
        }
    }

    @Test
    void carriesDtls() throws Exception {
        try (FakeServer server = FakeServer.start("dtls://0.0.0.0:0", TIME)) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            assertThat(askOverDtls(server, address)).contains("12:00");
            assertThat(server).connection(0).negotiated("DTLSv1.2").requestedServerName("host.docker.internal");
            server.verify();
        }
    }

    /** Its sockets are connected, so that they take answers only from where they have asked. */
    @Test
    void answersAClientInANetworkOfItsOwn() throws Exception {
        try (Network network = Network.newNetwork();
                FakeServer server = FakeServer.start("dtls://0.0.0.0:0", TIME)) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.withNetwork(network).start();

            assertThat(askOverDtls(server, address)).contains("12:00");
            server.verify();
        }
    }

    private String askOverDtls(FakeServer server, ContainerAddress address) throws Exception {
        client.copyFileToContainer(Transferable.of(server.tls().caPem()), "/ca.pem");
        return client.run(
                "echo -n 'time?' | openssl s_client -quiet -dtls1_2 -connect $1:$2 -CAfile /ca.pem -verify_return_error"
                        + " -verify_hostname $1",
                address.host(),
                address.port());
    }

    @Test
    void letsFaultsThrough() throws Exception {
        try (FakeServer resetting =
                        FakeServer.start("tcp://0.0.0.0:0", expectLine("GET / HTTP/1.1"), receive("host"), reset());
                FakeServer refusing = FakeServer.start("tcp://0.0.0.0:0");
                FakeServer answeringAnEnd = FakeServer.start("tcp://0.0.0.0:0", ANSWER_TO_THE_END)) {
            ContainerAddress first = ContainerAddress.expose(resetting, client);
            ContainerAddress second = ContainerAddress.expose(refusing, client);
            ContainerAddress third = ContainerAddress.expose(answeringAnEnd, client);
            client.start();
            refusing.refuse();

            assertThat(client.run("curl -sS http://$1:$2/", first.host(), first.port()))
                    .contains("curl: (56)");
            assertThat(client.run("curl -sS http://$1:$2/", second.host(), second.port()))
                    .contains("curl: (7)");
            assertThat(client.run("echo PING | nc $1 $2", third.host(), third.port()))
                    .isEqualTo("PONG\r\n");
        }
    }

    @Test
    void leadsToAServerThatIsStartedLater() throws Exception {
        try (FakeServer server = FakeServer.start("tcp://0.0.0.0:0")) {
            ContainerAddress.expose(server, client);
        }
        client.start();
        try (FakeServer server = FakeServer.start("tcp://0.0.0.0:0", expectLine("PING"), sendLine("PONG"))) {
            ContainerAddress address = ContainerAddress.expose(server, client);

            assertThat(client.run("echo PING | nc $1 $2", address.host(), address.port()))
                    .isEqualTo("PONG\r\n");
            server.verify();
        }
    }

    @Test
    void takesTheUsersOwnWord() throws Exception {
        client.withExtraHost("host.docker.internal", "192.0.2.1");
        try (FakeServer server = FakeServer.start("tcp://0.0.0.0:0")) {
            ContainerAddress.expose(server, client);
            client.start();

            assertThat(client.run("grep docker.internal /etc/hosts")).isEqualTo("192.0.2.1\thost.docker.internal\n");
        }
    }

    @Test
    void isNotThereWhenTheContainerHasStartedWithoutIt() {
        client.start();
        try (FakeServer server = FakeServer.start("tcp://0.0.0.0:0")) {
            assertThatThrownBy(() -> ContainerAddress.expose(server, client))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the container " + client.getContainerName().substring(1)
                            + " is already running and does not know host.docker.internal, so it cannot reach"
                            + " tcp://0.0.0.0:"
                            + server.port()
                            + "; call expose before it starts, or start it with withExtraHost(\"host.docker.internal\","
                            + " \"host-gateway\")");
        }
    }
}

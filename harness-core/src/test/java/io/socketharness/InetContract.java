package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What holds over every transport that has a host and a port. */
abstract class InetContract extends TransportContract {

    @Test
    void reportsItsAddressInEveryForm() {
        try (FakeServer server = FakeServer.start(url())) {
            String name = server.spec().transport() + "://127.0.0.1:" + server.port();
            assertThat(server.uri()).hasToString(name);
            assertThat(server.address().getHostString()).isEqualTo("127.0.0.1");
            assertThat(server.address().getPort()).isEqualTo(server.port());
            assertThat(server.socketAddress()).isEqualTo(server.address());
            assertThat(server).hasToString("FakeServer{" + name + ", listening}");
            server.close();
            assertThat(server).hasToString("FakeServer{" + name + ", closed}");
        }
    }

    @Test
    void textRefersToTheConnection() throws IOException {
        try (FakeServer server =
                        FakeServer.start(url(), Script.parse("C~ where.*\nS: ${host} ${port} ${client.port}"));
                Client client = Client.of(server)) {
            client.send("where?");
            String[] words = client.receive().split(" ");
            assertThat(words[0]).isEqualTo("127.0.0.1");
            assertThat(words[1]).isEqualTo(String.valueOf(server.port()));
            assertThat(words[2]).matches("[0-9]+");
        }
    }

    @Test
    void recordsTheAddressOfTheClient() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            client.send("hello");
            Exchange exchange = server.recording().awaitReceived("hello");
            assertThat(exchange.client())
                    .get(InstanceOfAssertFactories.type(InetSocketAddress.class))
                    .extracting(InetSocketAddress::getHostString)
                    .isEqualTo("127.0.0.1");
            assertThat(exchange.clientCredentials()).isEmpty();
        }
    }

    @Test
    void bindingATakenPortSaysWhatToDo() {
        try (FakeServer server = FakeServer.start(url())) {
            String taken = server.uri().toString();
            assertThatThrownBy(() -> FakeServer.start(taken))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage("cannot start " + taken
                            + ": Address already in use; another socket has this port: use port 0"
                            + " for a free one and inject it");
        }
    }

    @Test
    void bindingAForeignAddressSaysWhatToDo() {
        String foreign = server("192.0.2.1");
        assertThatThrownBy(() -> FakeServer.start(foreign))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("cannot start " + foreign
                        + ": Cannot assign requested address; no interface of this machine has that"
                        + " address: use 127.0.0.1, or 0.0.0.0 to be reached from others");
        String unknown = server("nowhere.invalid");
        assertThatThrownBy(() -> FakeServer.start(unknown))
                .hasMessage("cannot start " + unknown
                        + ": no address is known for the host \"nowhere.invalid\"; use an address of"
                        + " this machine, such as 127.0.0.1");
    }

    private String server(String host) {
        return ServerSpec.parse(url()).transport() + "://" + host + ":0";
    }

    @Test
    void bindsIpv6() throws IOException {
        assumeIpv6();
        try (FakeServer server = FakeServer.start(server("[::1]"), echo());
                Client client = Client.of(server)) {
            assertThat(server.uri().toString()).contains("[::1]:");
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hello");
        }
    }

    @Test
    void aWildcardAddressIsReachedOverLoopback() throws IOException {
        try (FakeServer server = FakeServer.start(server("0.0.0.0"), echo());
                Client client = Client.of(server)) {
            assertThat(server.host()).isEqualTo("127.0.0.1");
            assertThat(server.toString()).contains("0.0.0.0");
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hello");
        }
    }

    static void assumeIpv6() {
        try (java.net.ServerSocket probe = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("::1"))) {
            assertThat(probe.isBound()).isTrue();
        } catch (IOException none) {
            org.junit.jupiter.api.Assumptions.abort("this machine has no IPv6: " + none.getMessage());
        }
    }
}

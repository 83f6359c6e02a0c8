package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.ClientCredentials;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.UnixDatagramClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Names without a file, which Linux has, of streams and of datagrams. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class AbstractNameTest {

    private final String name = "socket-harness test " + System.nanoTime();

    @Test
    void reportsItsNameInEveryForm() throws IOException {
        for (String transport : new String[] {"unix", "udg"}) {
            try (FakeServer server = FakeServer.start(transport + ":@" + name)) {
                assertThat(server.uri().getSchemeSpecificPart()).isEqualTo("@" + name);
                assertThat(server.socketAddress()).isEqualTo(AFUNIXSocketAddress.inAbstractNamespace(name));
                assertThat(server).hasToString("FakeServer{" + transport + ":@" + name + ", listening}");
                String title = transport + ":@" + name;
                assertThatThrownBy(server::path)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage(title + " has an abstract name, not a path: use uri() or socketAddress()");
                assertThatThrownBy(server::host)
                        .hasMessage(title + " has an abstract name, not a host: use uri() or socketAddress()");
                assertThatThrownBy(server::port)
                        .hasMessage(title + " has an abstract name, not a port: use uri() or socketAddress()");
                assertThatThrownBy(server::address)
                        .hasMessage(
                                title + " has an abstract name, not a host and a port: use uri() or socketAddress()");
            }
        }
    }

    @Test
    void aTakenNameSaysWhatToDo() {
        for (String url : new String[] {"unix:@" + name, "udg:@" + name}) {
            try (FakeServer living = FakeServer.start(url)) {
                assertThat(living.toString()).contains(name);
                assertThatThrownBy(() -> FakeServer.start(url))
                        .isInstanceOf(ServerStartException.class)
                        .hasMessage("cannot start " + url
                                + ": another socket has this name; use another name, or no path for a private socket");
            }
        }
    }

    @Test
    void knowsWhoItsClientIsByNumber() throws IOException {
        try (FakeServer server = FakeServer.start("unix:@" + name, echo());
                Client client = Client.of(server)) {
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hello");
            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.clientCredentials())
                    .map(ClientCredentials::user)
                    .get()
                    .asString()
                    .matches("[0-9]+");
            assertThat(exchange.toString()).contains("opened by an unnamed socket of user ");
        }
    }

    @Test
    void answersAClientWhoseNameIsAbstract() throws IOException {
        try (FakeServer server = FakeServer.start("udg:@" + name, echo());
                UnixDatagramClient client = UnixDatagramClient.withAbstractName(server, name + " client")) {
            assertThat(client.send("one").receive()).isEqualTo("one");
            assertThat(client.send("two").receive()).isEqualTo("two");
            assertThat(server.recording().exchanges()).hasSize(1);
            assertThat(server.recording().exchanges().get(0).toString()).contains("opened by @" + name + " client");
        }
    }
}

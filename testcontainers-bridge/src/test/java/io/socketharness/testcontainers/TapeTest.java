package io.socketharness.testcontainers;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.testing.Program;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client in a container gets the replay of a tape that was recorded by a client on this machine. */
@Timeout(120)
class TapeTest {

    @BeforeAll
    static void requireEngine() {
        Engine.require();
    }

    // tag::mask[]
    @Test
    void replaysForAClientWithAnotherHost() throws Exception {
        Tape tape = recordedHere().mask("^Host: .*$"); // the client in the container has another name for the server

        try (FakeServer server = FakeServer.start("tcp:", tape);
                ClientContainer client = new ClientContainer()) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            assertThat(client.run("curl -sS http://$1:$2/hello", address.host(), address.port()))
                    .isEqualTo("hello");
            server.verify();
        }
    }
    // end::mask[]

    @Test
    void reportsAnotherHost() throws Exception {
        Tape tape = recordedHere();
        try (FakeServer server = FakeServer.start("tcp:", tape);
                ClientContainer client = new ClientContainer()) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();
            client.run("curl -sS http://$1:$2/hello", address.host(), address.port());

            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "expected  Host: 127.0.0.1:" + server.port() + "\n",
                            "received  Host: " + address.host() + ":" + address.port() + "\n",
                            "This is a replay of the tape.");
        }
    }

    private static Tape recordedHere() throws Exception {
        HttpServer real = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        real.createContext("/hello", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        real.start();
        try (FakeServer server = FakeServer.start(
                "tcp:", forwardTo("tcp://127.0.0.1:" + real.getAddress().getPort()))) {
            String page = "http://" + server.host() + ":" + server.port() + "/hello";
            assertThat(Program.run("", "curl", "-sS", page)).isEqualTo("hello");
            server.recording().awaitExchange(0).awaitEnd();
            server.verify();
            return Tape.of(server.recording());
        } finally {
            real.stop(0);
        }
    }
}

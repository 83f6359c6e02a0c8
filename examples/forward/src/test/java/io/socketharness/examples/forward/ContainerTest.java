package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A real server in a container, started by Testcontainers. */
@Timeout(300)
class ContainerTest {

    private static final GenericContainer<?> WEB = new GenericContainer<>(BusyboxImage.image())
            .withCommand("httpd", "-f", "-p", "80", "-h", "/www")
            .withExposedPorts(80)
            .waitingFor(Wait.forHttp("/hello.txt"));

    @BeforeAll
    static void startContainer() {
        Program.require("/bin/busybox");
        try {
            DockerClientFactory.instance().client();
        } catch (IllegalStateException none) {
            Program.lack("there is no Docker engine (" + none.getMessage() + ")");
        }
        WEB.start();
    }

    @AfterAll
    static void stopContainer() {
        WEB.stop();
    }

    // tag::container[]
    @Test
    void recordsWhatAContainerGetsAndSends() throws Exception {
        String url = "tcp://" + WEB.getHost() + ":" + WEB.getMappedPort(80);
        try (FakeServer server = FakeServer.start("tcp:", forwardTo(url))) {
            assertThat(get(server)).isEqualTo("hello");

            assertThat(server).connection(0).receivedContaining("GET /hello.txt");
        }
    }
    // end::container[]

    @Test
    void breaksTheConnectionToAContainer() throws Exception {
        String url = "tcp://" + WEB.getHost() + ":" + WEB.getMappedPort(80);
        try (FakeServer server = FakeServer.start("tcp:", forwardTo(url))) {
            server.network(limit(50).reset().toClient());

            assertThatThrownBy(() -> get(server)).isInstanceOf(IOException.class);
        }
    }

    private static String get(FakeServer server) throws Exception {
        URI page = URI.create("http://" + server.host() + ":" + server.port() + "/hello.txt");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
    }
}

package io.socketharness.testcontainers;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.testcontainers.Page.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** One example for each way to a server. */
class GuideTest {

    private static GenericContainer<?> container() {
        return new GenericContainer<>(ProgramsImage.name())
                .withCommand("sleep", "infinity")
                .withStartupTimeout(Duration.ofMinutes(2));
    }

    // tag::tls[]
    @Test
    @SocketServer(transport = "tls", script = PAGE)
    void trustsTheAuthorityOfTheServer(FakeServer server) throws Exception {
        try (GenericContainer<?> app = container()) {
            ContainerAddress api = ContainerAddress.expose(server, app);
            app.withEnv("API", "https://" + api.host() + ":" + api.port());
            app.withCopyToContainer(Transferable.of(server.tls().caPem()), "/ca.pem");
            app.start();

            assertThat(sh(app, "curl -sS --cacert /ca.pem $API/")).isEqualTo("hello");

            assertThat(server).connection(0).requestedServerName("host.testcontainers.internal");
        }
    }
    // end::tls[]

    // tag::udp[]
    @Test
    @SocketServer(transport = "udp", host = "0.0.0.0")
    void countsAnOrder(FakeServer server) throws Exception {
        try (GenericContainer<?> app = container()) {
            ContainerAddress statsd = ContainerAddress.expose(server, app);
            app.withEnv("STATSD", statsd.host() + ":" + statsd.port());
            app.start();

            sh(app, "echo -n 'orders:1|c' | socat -u - UDP:$STATSD");

            assertThat(server).received("orders:1|c");
        }
    }
    // end::udp[]

    // tag::unix[]
    @Test
    @SocketServer(transport = "unix", mode = "0777", script = PAGE)
    void usesASocketOfTheHost(FakeServer server) throws Exception {
        try (GenericContainer<?> app = container()) {
            ContainerAddress api = ContainerAddress.expose(server, app, "/run/api");
            app.start();

            assertThat(api.path()).isEqualTo("/run/api/socket");
            assertThat(sh(app, "curl -sS --unix-socket /run/api/socket http://api/"))
                    .isEqualTo("hello");
        }
    }
    // end::unix[]

    private static String sh(GenericContainer<?> container, String script) throws Exception {
        return container.execInContainer("sh", "-c", script).getStdout();
    }
}

package io.socketharness.testcontainers;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.testcontainers.Page.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

// tag::shared[]
@TestInstance(Lifecycle.PER_CLASS)
class SharedContainerTest {

    private final ClientContainer app = new ClientContainer().withAccessToHost(true);

    @BeforeAll
    void start() {
        app.start();
    }

    @AfterAll
    void stop() {
        app.stop();
    }

    @Test
    @SocketServer(script = PAGE)
    void showsThePage(FakeServer server) throws Exception {
        ContainerAddress api = ContainerAddress.expose(server, app);

        assertThat(app.run("curl -sS http://$1:$2/", api.host(), api.port())).isEqualTo("hello");
    }
    // end::shared[]

    @Test
    @SocketServer(script = """
            C: GET / HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @close
            """)
    void reportsThatThereIsNone(FakeServer server) throws Exception {
        ContainerAddress api = ContainerAddress.expose(server, app);

        assertThat(app.run("curl -sS http://$1:$2/", api.host(), api.port())).contains("Empty reply from server");

        assertThat(server).hasConnections(1);
    }
}

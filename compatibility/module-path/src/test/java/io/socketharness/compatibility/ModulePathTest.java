package io.socketharness.compatibility;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ModulePathTest {

    private static final String SCRIPT = "C: PING\nS: PONG";

    @Test
    void allAreModules() {
        assertThat(LineClient.class.getModule().getName()).isEqualTo("io.socketharness.compatibility");
        assertThat(FakeServer.class.getModule().getName()).isEqualTo("io.socketharness.core");
        assertThat(SocketServer.class.getModule().getName()).isEqualTo("io.socketharness.junit5");
    }

    @Test
    void aServerOverTcp(@SocketServer(script = SCRIPT) FakeServer server) throws Exception {
        try (Socket socket = new Socket(server.host(), server.port())) {
            assertThat(LineClient.ask(socket, "PING")).isEqualTo("PONG");
        }
        assertThat(server).connection(0).received("PING\r\n");
    }

    /** Certificates need Bouncy Castle, as modules too. */
    @Test
    void aServerOverTls(@SocketServer(transport = "tls", script = SCRIPT) FakeServer server, SSLContext context)
            throws Exception {
        try (Socket socket = context.getSocketFactory().createSocket(server.host(), server.port())) {
            assertThat(LineClient.ask(socket, "PING")).isEqualTo("PONG");
        }
        assertThat(server).connection(0).negotiated("TLSv1.3");
    }
}

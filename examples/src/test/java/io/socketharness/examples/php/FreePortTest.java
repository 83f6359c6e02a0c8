package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.junit5.FromServer;
import io.socketharness.junit5.SocketServer;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 12, port 0 and {@code stream_socket_get_name}: a free port is the default, and the address is injected. */
@Timeout(60)
class FreePortTest {

    @Test
    @SocketServer
    void isToldWhereTheServerIs(URI uri, InetSocketAddress address, @FromServer int port) throws Exception {
        try (PhpServer php = PhpServer.start("listening.php", "tcp://127.0.0.1:0")) {
            assertThat(php.uri()).hasToString("tcp://127.0.0.1:" + php.port());
        }
        assertThat(uri).hasToString("tcp://127.0.0.1:" + port);
        assertThat(address).isEqualTo(new InetSocketAddress("127.0.0.1", port));
        assertThat(Php.connect(uri)).isEqualTo("connected");
    }
}

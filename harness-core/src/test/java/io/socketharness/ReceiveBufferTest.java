package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.internal.stream.TcpAddress;
import io.socketharness.network.NetworkConditions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReceiveBufferTest {

    @ParameterizedTest
    @ValueSource(ints = {4096, 65_536})
    void appliesToAcceptedConnections(int size) throws IOException {
        TcpAddress address = new TcpAddress(ServerSpec.parse("tcp:?receiveBuffer=" + size));
        try (ServerSocketChannel listening = address.bind();
                SocketChannel client = SocketChannel.open(listening.getLocalAddress());
                SocketChannel accepted = listening.accept()) {
            assertThat(client.isConnected()).isTrue();
            assertThat(accepted.getOption(StandardSocketOptions.SO_RCVBUF)).isEqualTo(size);
        }
    }

    /** The client's own buffer is small. */
    @ParameterizedTest
    @CsvSource({"32_768, 10_000, 300_000", "262_144, 80_000, 3_000_000"})
    @EnabledOnOs(OS.LINUX)
    void limitsWhatAClientCanSendWithoutBeingRead(String size, String least, String most) throws IOException {
        String url = "tcp:?receiveBuffer=" + size.replace("_", "");
        try (FakeServer server = FakeServer.start(url);
                SocketChannel client = SocketChannel.open()) {
            server.network(NetworkConditions.stopReading());
            client.setOption(StandardSocketOptions.SO_SNDBUF, 8192);
            client.connect(new InetSocketAddress(server.host(), server.port()));
            assertThat(sendUntilBlocked(client))
                    .isBetween(Long.parseLong(least.replace("_", "")), Long.parseLong(most.replace("_", "")));
        }
    }

    /** The client is blocked if it cannot write for half a second. */
    private static long sendUntilBlocked(SocketChannel client) throws IOException {
        client.configureBlocking(false);
        long sent = 0;
        try (Selector selector = client.provider().openSelector()) {
            client.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(500) > 0) {
                selector.selectedKeys().clear();
                sent += client.write(ByteBuffer.allocate(4096));
            }
        }
        return sent;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesSizesThatTheSystemChanges() {
        assertThatThrownBy(() -> FakeServer.start("tcp:?receiveBuffer=1").close())
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("receiveBuffer is 1, and the smallest size of this system is 1152");
        assertThatThrownBy(
                        () -> FakeServer.start("tcp:?receiveBuffer=2147483647").close())
                .isInstanceOf(ServerStartException.class)
                .hasMessageMatching("(?s).*receiveBuffer is 2147483647, and the largest size of this system is [0-9]+;"
                        + " net.core.rmem_max sets it.*");
    }
}

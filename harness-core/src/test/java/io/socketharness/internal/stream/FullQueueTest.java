package io.socketharness.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.internal.net.Unsupported;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class FullQueueTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static @Nullable Closeable connect(ServerSocketChannel to, Consumer<SocketAddress> own) throws IOException {
        Socket socket = new Socket();
        socket.bind(LOOPBACK);
        own.accept(socket.getLocalSocketAddress());
        try {
            socket.connect(to.getLocalAddress(), 50);
            return socket;
        } catch (SocketTimeoutException unanswered) {
            return null;
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsQueuedClientsFromFillers() throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open().bind(LOOPBACK, FullQueue.BACKLOG);
        List<SocketChannel> clients = new ArrayList<>();
        try (FullQueue queue = new FullQueue(listening, own -> connect(listening, own));
                Socket client = new Socket()) {
            client.connect(listening.getLocalAddress());
            queue.fill(clients::add);

            assertThat(clients).hasSize(1);
            assertThat(clients.get(0).getRemoteAddress()).isEqualTo(client.getLocalSocketAddress());
            try (Socket late = new Socket()) {
                assertThatThrownBy(() -> late.connect(listening.getLocalAddress(), 200))
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    @Test
    void refusesSystemWhoseQueueIsNotLimited() throws IOException {
        ServerSocketChannel longQueue = ServerSocketChannel.open().bind(LOOPBACK, 100);
        try (FullQueue queue = new FullQueue(longQueue, own -> connect(longQueue, own))) {
            assertThatThrownBy(() -> queue.fill(client -> {}))
                    .isInstanceOf(Unsupported.class)
                    .hasMessage("the system completed 17 connects to a queue for 2 connections");
        }
    }

    @Test
    void refusesSystemThatRefusesConnects() throws IOException {
        try (FullQueue queue = new FullQueue(ServerSocketChannel.open(), own -> {
            throw new ConnectException("Connection refused");
        })) {
            assertThatThrownBy(() -> queue.fill(client -> {}))
                    .isInstanceOf(Unsupported.class)
                    .hasMessage("a connect to its full queue did not time out, but failed: Connection refused");
        }
    }

    @Test
    void refusesOtherSystems() throws Unsupported {
        FullQueue.requireLinux("Linux");
        assertThatThrownBy(() -> FullQueue.requireLinux("Mac OS X"))
                .isInstanceOf(Unsupported.class)
                .hasMessage("a full queue leaves connection attempts unanswered on Linux only, and this is Mac OS X");
    }
}

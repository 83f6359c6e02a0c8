package io.socketharness.internal.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.server.ServerAccess;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class StreamListenerTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void honoursTheBacklog() throws IOException {
        // The listener's thread accepts at once, so that the queue is seen only where it cannot: on the bare channel.
        try (java.nio.channels.ServerSocketChannel bare = new TcpAddress(ServerSpec.parse("tcp:?backlog=1")).bind()) {
            List<Socket> queued = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Socket socket = new Socket();
                socket.connect(bare.getLocalAddress(), 5_000);
                queued.add(socket);
            }
            try (Socket third = new Socket()) {
                assertThatThrownBy(() -> third.connect(bare.getLocalAddress(), 200))
                        .isInstanceOf(SocketTimeoutException.class);
            }
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    @Test
    void acceptsWhereFewAreQueuedWhileItOpensAnother() throws Exception {
        CountDownLatch mayOpen = new CountDownLatch(1);
        List<Socket> clients = new ArrayList<>();
        try (FakeServer server = FakeServer.start("tcp:?backlog=1")) {
            StreamListener listener = new StreamListener(
                    ServerAccess.running(server).runtime(), new SlowAddress(new TcpAddress(server.spec()), mayOpen));
            listener.listen();
            for (int i = 0; i < 20; i++) {
                clients.add(
                        new Socket(server.host(), listener.endpoint().address().getPort()));
            }
            mayOpen.countDown();
            server.recording().awaitExchange(19);
            listener.close();
        }
        for (Socket client : clients) {
            client.close();
        }
    }

    /** Opens no connection before it may. */
    private record SlowAddress(StreamAddress address, CountDownLatch mayOpen) implements StreamAddress {

        @Override
        public Endpoint endpoint() {
            return address.endpoint();
        }

        @Override
        public ServerSocketChannel bind() throws IOException {
            return address.bind();
        }

        @Override
        public FullQueue fullQueue(@Nullable ServerSocketChannel listening) throws IOException {
            return address.fullQueue(listening);
        }

        @Override
        public void keep(ServerSocketChannel listening) throws IOException {
            address.keep(listening);
        }

        @Override
        public String lost() {
            return address.lost();
        }

        @Override
        public RemoteClient prepare(SocketChannel accepted) throws IOException {
            Interrupts.await(mayOpen, Long.MAX_VALUE / 2);
            return address.prepare(accepted);
        }

        @Override
        public void close() {
            address.close();
        }
    }
}

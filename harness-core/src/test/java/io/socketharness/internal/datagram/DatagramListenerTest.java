package io.socketharness.internal.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.server.ServerAccess;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatagramListenerTest {

    @Test
    void saysWhyTheSystemCannotRefuse() throws IOException {
        assertRefuseFails(
                new Unsupported("this system sends no ICMP", null),
                UnsupportedOperationException.class,
                " cannot refuse: this system sends no ICMP; close the server, or do not answer");
    }

    @Test
    void saysWhyItCannotRefuseNow() throws IOException {
        assertRefuseFails(
                new IOException("Too many open files"),
                IllegalStateException.class,
                " cannot stop listening: Too many open files");
    }

    private static void assertRefuseFails(IOException reason, Class<?> type, String message) throws IOException {
        try (FakeServer server = FakeServer.start("udp:")) {
            DatagramListener listener = new DatagramListener(
                    ServerAccess.running(server).runtime(), new FailingPort(new UdpPort(server.spec()), reason));
            listener.listen();
            assertThatThrownBy(listener::refuse).isInstanceOf(type).hasMessage(server.uri() + message);
            assertThat(listener.isRefusing()).isFalse();
            listener.close();
        }
    }

    /** A port that cannot refuse. */
    private record FailingPort(DatagramPort port, IOException reason) implements DatagramPort {

        @Override
        public Endpoint endpoint() {
            return port.endpoint();
        }

        @Override
        public @Nullable SocketAddress receive(int millis) throws IOException {
            return port.receive(millis);
        }

        @Override
        public ByteBuffer datagram() {
            return port.datagram();
        }

        @Override
        public RemoteClient client(SocketAddress source) {
            return port.client(source);
        }

        @Override
        public void send(ByteBuffer datagram, SocketAddress to) throws IOException {
            port.send(datagram, to);
        }

        @Override
        public boolean mayLackRoom() {
            return port.mayLackRoom();
        }

        @Override
        public void wake() {
            port.wake();
        }

        @Override
        public void drain() {
            port.drain();
        }

        @Override
        public void refuse() throws IOException {
            throw reason;
        }

        @Override
        public void listen() throws IOException {
            port.listen();
        }

        @Override
        public String lost() {
            return port.lost();
        }

        @Override
        public boolean isClosed() {
            return port.isClosed();
        }

        @Override
        public void close() {
            port.close();
        }

        @Override
        public void release() {
            port.release();
        }
    }
}

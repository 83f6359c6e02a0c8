package io.socketharness.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.ServerSpec;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.runtime.Injection;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.tls.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTransportTest {

    @Test
    void readsLittleAfterTheTimeLimitOfACloseIfTheClientSendsWithoutEnd() throws IOException {
        ServerSpec spec = ServerSpec.parse("tcp:");
        Recorder recorder = new Recorder("tcp", 1 << 10, Duration.ofSeconds(5));
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                SocketChannel accepted = listener.accept()) {
            accepted.configureBlocking(false);
            ExchangeRecorder exchange = recorder.open(client.getLocalAddress(), "client", false);
            Flood flood = new Flood(accepted);
            StreamWire wire = new StreamWire(accepted, flood);
            StreamTls clear = new StreamTls(wire, exchange, new ServerTls(spec.tls(), spec.host(), () -> {}), spec);
            ServerRuntime runtime = new ServerRuntime(spec, System.nanoTime(), Injection.NONE);

            new StreamTransport(runtime, wire, exchange, clear, true).close(Long.MAX_VALUE);

            assertThat(flood.reads.get()).isBetween(1, 600);
            assertThat(accepted.isOpen()).isFalse();
        }
    }

    /** Input without end, whose first read takes longer than a close may last. */
    private record Flood(SocketChannel channel, AtomicInteger reads) implements ByteChannel {

        Flood(SocketChannel channel) {
            this(channel, new AtomicInteger());
        }

        @Override
        public int read(ByteBuffer into) {
            if (reads.getAndIncrement() == 0) {
                long end = System.nanoTime() + StreamTransport.LINGER.toNanos();
                while (System.nanoTime() - end < 0) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
            }
            int count = into.remaining();
            into.position(into.limit());
            return count;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return channel.write(from);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

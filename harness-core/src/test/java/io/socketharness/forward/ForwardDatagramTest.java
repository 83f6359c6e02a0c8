package io.socketharness.forward;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.forwardTo;
import static io.socketharness.script.Behaviours.reply;
import static io.socketharness.script.Behaviours.sendLine;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.TestClient;
import io.socketharness.testing.UnixDatagramClient;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Datagrams that are forwarded to a real server. */
@Timeout(60)
class ForwardDatagramTest {

    @Test
    void passesDatagramsOfEachClient() throws IOException {
        try (FakeServer real = FakeServer.start("udp:", forever(reply(String::toUpperCase)));
                FakeServer server =
                        FakeServer.start("udp:", forwardTo(real.uri().toString()));
                TestClient.Udp one = TestClient.Udp.connect(server);
                TestClient.Udp two = TestClient.Udp.connect(server)) {
            assertThat(one.send("a").receive()).isEqualTo("A");
            assertThat(two.send("b").receive()).isEqualTo("B");
            assertThat(one.send("c").receive()).isEqualTo("C");

            server.verify();
            real.verify();
            assertThat(real.connections()).hasSize(2);
            assertThat(server.recording().awaitExchange(0).sent().toString()).isEqualTo("AC");
        }
    }

    @Test
    void eachOfManyClientsHasAPortOfItsOwn() throws IOException {
        int clients = 600;
        List<DatagramSocket> sockets = new ArrayList<>();
        try (DatagramSocket real = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                FakeServer server = FakeServer.start("udp:", forwardTo("udp://127.0.0.1:" + real.getLocalPort()))) {
            real.setSoTimeout(20_000);
            Set<SocketAddress> ports = new HashSet<>();
            for (int i = 0; i < clients; i++) {
                DatagramSocket client = new DatagramSocket();
                sockets.add(client);
                client.send(new DatagramPacket(new byte[1], 1, server.address()));
                DatagramPacket arrived = new DatagramPacket(new byte[1], 1);
                real.receive(arrived);
                ports.add(arrived.getSocketAddress());
            }

            assertThat(ports).hasSize(clients);
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    @Test
    void passesAnEmptyDatagram() throws IOException {
        try (FakeServer real = FakeServer.start("udp:", connection -> connection.send(connection.receiveDatagram()));
                FakeServer server =
                        FakeServer.start("udp:", forwardTo(real.uri().toString()));
                DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(20_000);
            client.send(new DatagramPacket(new byte[0], 0, server.address()));
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            client.receive(answer);

            assertThat(answer.getLength()).isZero();
            server.verify();
        }
    }

    @Test
    void aDtlsClientReachesAServerInClear() throws Exception {
        try (FakeServer real = FakeServer.start("udp:", expectLine("PING"), sendLine("PONG"));
                FakeServer server =
                        FakeServer.start("dtls:", forwardTo(real.uri().toString()));
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.send("PING").receive()).isEqualTo("PONG");

            server.verify();
            real.verify();
        }
    }

    @Test
    void unixDatagramsPass() throws IOException {
        try (FakeServer real = FakeServer.start("udg:", expectLine("PING"), sendLine("PONG"));
                FakeServer server =
                        FakeServer.start("udg:", forwardTo(real.uri().toString()));
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            assertThat(client.send("PING").receive()).isEqualTo("PONG");

            server.verify();
            real.verify();
        }
    }

    @Test
    void anAnswerFromAUnixSocketWithoutAPathPasses(@TempDir Path directory) throws IOException {
        AFUNIXSocketAddress path = AFUNIXSocketAddress.of(directory.resolve("real"));
        try (DatagramSocket real = AFUNIXDatagramSocket.newInstance();
                DatagramSocket answering = AFUNIXDatagramSocket.newInstance()) {
            real.bind(path);
            try (FakeServer server = FakeServer.start("udg:", forwardTo("udg://" + directory.resolve("real")));
                    UnixDatagramClient client = UnixDatagramClient.named(server)) {
                client.send("PING");
                DatagramPacket arrived = new DatagramPacket(new byte[10], 10);
                real.receive(arrived);
                answering.send(new DatagramPacket("PONG".getBytes(US_ASCII), 4, arrived.getSocketAddress()));

                assertThat(client.receive()).isEqualTo("PONG");
                server.verify();
            }
        }
    }

    @Test
    void manyClientsOfAUnixSocketNeedLittleMemory(@TempDir Path directory) throws IOException {
        BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        List<DatagramSocket> sockets = new ArrayList<>();
        try (DatagramSocket real = AFUNIXDatagramSocket.newInstance()) {
            real.bind(AFUNIXSocketAddress.of(directory.resolve("real")));
            try (FakeServer server = FakeServer.start("udp:", forwardTo("udg://" + directory.resolve("real")))) {
                long before = direct.getMemoryUsed();
                for (int i = 0; i < 50; i++) {
                    DatagramSocket client = new DatagramSocket();
                    sockets.add(client);
                    client.send(new DatagramPacket(new byte[1], 1, server.address()));
                    real.receive(new DatagramPacket(new byte[1], 1));
                }

                assertThat(direct.getMemoryUsed() - before).isLessThan(10_000_000);
            }
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    /** The real server does not read, and the system queues few datagrams for it. */
    @Test
    void closeEndsAWriteThatBlocks(@TempDir Path directory) throws Exception {
        try (DatagramSocket real = AFUNIXDatagramSocket.newInstance()) {
            real.bind(AFUNIXSocketAddress.of(directory.resolve("real")));
            FakeServer server = FakeServer.start("udp:", forwardTo("udg://" + directory.resolve("real")));
            try (TestClient.Udp client = TestClient.Udp.connect(server)) {
                client.send("a");
                while (server.recording().awaitExchange(0).received().size() < 1000) {
                    client.send("a");
                }
                Set<Thread> before = threads(server);
                assertThat(before).isNotEmpty();
                server.close();

                for (Thread thread : before) {
                    thread.join(20_000);
                    assertThat(thread.isAlive()).as(thread.getName()).isFalse();
                }
            }
        }
    }

    private static Set<Thread> threads(FakeServer server) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(":" + server.port() + " "))
                .collect(Collectors.toSet());
    }

    @Test
    void aPortWithoutAServerIsAFailure() throws IOException {
        int port;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = socket.getLocalPort();
        }
        try (FakeServer server = FakeServer.start("udp:", forwardTo("udp://127.0.0.1:" + port));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");
            server.recording()
                    .awaitExchange(0)
                    .await(exchange -> exchange.has(Event.Kind.FAILED), Duration.ofSeconds(20));

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the real server udp://127.0.0.1:" + port
                            + " cannot be reached: no server at this port (ICMP \"port unreachable\")");
        }
    }
}

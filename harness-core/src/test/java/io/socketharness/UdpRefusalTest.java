package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.Program;
import io.socketharness.testing.Reports;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers over UDP that refuse clients: the system answers with ICMP "port unreachable". */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class UdpRefusalTest {

    private static final Script TWO_QUESTIONS = Script.parse("C: one\nS: 1\nC: two\nS: 2");

    @Test
    void aConnectedSocketGetsPortUnreachableAndItsConversationContinues() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", TWO_QUESTIONS);
                DatagramSocket client = connected(server.address())) {
            assertThat(ask(client, "one")).isEqualTo("1");

            server.refuse();
            assertThat(server).hasToString("FakeServer{" + server.uri() + ", refusing}");
            assertRefused(client);

            server.listen();
            assertThat(server).hasToString("FakeServer{" + server.uri() + ", listening}");
            assertThat(ask(client, "two")).isEqualTo("2");
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
        }
    }

    @Test
    void aConnectedChannelGetsPortUnreachable() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramChannel client = DatagramChannel.open().connect(server.address())) {
            server.refuse();
            assertThatThrownBy(() -> {
                        client.write(ByteBuffer.wrap(new byte[1]));
                        client.read(ByteBuffer.allocate(1));
                    })
                    .isInstanceOf(PortUnreachableException.class);
        }
    }

    @Test
    void socatAndNetcatAreRefused() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo())) {
            server.refuse();
            String port = String.valueOf(server.port());
            assertThat(Program.run("hello\n", "socat", "-t5", "-", "UDP:127.0.0.1:" + port))
                    .contains("Connection refused");

            server.listen();
            assertThat(Program.run("hello\n", "socat", "-t1", "-", "UDP:127.0.0.1:" + port))
                    .isEqualTo("hello\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "[::1]", "[::]"})
    void refusesAndListensAgainAtTheSameAddress(String host) throws IOException {
        if (host.contains(":")) {
            InetContract.assumeIpv6();
        }
        try (FakeServer server = FakeServer.start("udp://" + host + ":0", echo());
                DatagramSocket client = connected(server.address())) {
            SocketAddress address = server.socketAddress();
            for (int i = 0; i < 20; i++) {
                assertThat(ask(client, "a")).isEqualTo("a");
                server.refuse();
                assertRefused(client);
                server.listen();
            }
            assertThat(ask(client, "b")).isEqualTo("b");
            assertThat(server.socketAddress()).isEqualTo(address);
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
        }
    }

    @Test
    void allAddressesRefuseAndListenAgain() throws IOException {
        InetContract.assumeIpv6();
        try (FakeServer server = FakeServer.start("udp://[::]:0", echo());
                DatagramSocket four = connected(new InetSocketAddress("127.0.0.1", server.port()));
                DatagramSocket six = connected(new InetSocketAddress("::1", server.port()))) {
            server.refuse();
            assertRefused(four);
            assertRefused(six);
            server.listen();
            assertThat(ask(four, "a")).isEqualTo("a");
            assertThat(ask(six, "b")).isEqualTo("b");
        }
    }

    @Test
    void keepsItsPort() throws IOException {
        try (FakeServer server = FakeServer.start("udp:")) {
            assertCannotBind(server.address());
            for (int i = 0; i < 3; i++) {
                server.refuse();
                assertCannotBind(server.address());
                server.listen();
                assertCannotBind(server.address());
            }
        }
    }

    /** Not even a socket that would share the port. */
    private static void assertCannotBind(InetSocketAddress address) throws IOException {
        try (DatagramSocket other = new DatagramSocket(null)) {
            other.setReuseAddress(true);
            assertThatThrownBy(() -> other.bind(address)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void anotherProgramCanTakeThePortAtOneOfAllAddresses() throws IOException {
        try (FakeServer server = FakeServer.start("udp://0.0.0.0:0", echo());
                DatagramSocket client = connected(server.address())) {
            server.refuse();
            try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.3", server.port()))) {
                assertThat(other.isBound()).isTrue();
                assertThatThrownBy(server::listen)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageMatching("udp://0\\.0\\.0\\.0:\\d+ cannot listen again: Address already in use.*;"
                                + " while a server for all addresses refuses clients, another program can bind its port"
                                + " at one of them");
                assertThat(server.toString()).endsWith(", refusing}");
                assertRefused(client);
            }
            server.listen();
            assertThat(ask(client, "a")).isEqualTo("a");
        }
    }

    @Test
    void aFixedPortIsKeptToo() throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (FakeServer server = FakeServer.start("udp://127.0.0.1:" + port, echo());
                DatagramSocket client = connected(server.address())) {
            server.refuse();
            assertRefused(client);
            assertCannotBind(server.address());
            server.listen();
            assertThat(ask(client, "a")).isEqualTo("a");
        }
    }

    @Test
    void receivesAllThatWasSentBefore() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = connected(server.address())) {
            for (int i = 0; i < 1_000; i++) {
                send(client, "x");
            }
            server.refuse();
            assertThat(server.recording().exchanges())
                    .singleElement()
                    .satisfies(
                            exchange -> assertThat(exchange.receivedDatagrams()).hasSize(1_000));
        }
    }

    @Test
    void recordsNothingOfAClientThatIsNotConnected() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = new DatagramSocket()) {
            server.refuse();
            client.send(new DatagramPacket(new byte[1], 1, server.address()));
            server.listen();
            server.verify();
            assertThat(server.recording().exchanges()).isEmpty();
        }
    }

    @Test
    void sendsNothingAndRecordsThat() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = connected(server.address())) {
            send(client, "hello");
            Connection connection = server.accept();
            server.refuse();
            connection.sendLine("lost");
            server.broadcast("lost too");
            assertThat(connection.exchange().toString())
                    .contains(
                            "  a datagram of 4 bytes not sent: the server refuses clients until listen() is called",
                            "  a datagram of 8 bytes not sent: the server refuses clients until listen() is called");

            server.listen();
            connection.sendLine("back");
            assertThat(receive(client)).isEqualTo("back");
            assertThat(connection.exchange().sentDatagrams()).containsExactly(Bytes.ofText("back"));
        }
    }

    @Test
    void aSendingStepIsNoFailure() throws IOException {
        CountDownLatch refused = new CountDownLatch(1);
        Script script = Script.of(expectLine("a"), connection -> refused.await(), sendLine("lost"), expectLine("b"));
        try (FakeServer server = FakeServer.start("udp:", script);
                DatagramSocket client = connected(server.address())) {
            send(client, "a");
            server.refuse();
            refused.countDown();
            assertThat(server.recording()
                            .await(r -> r.exchanges().get(0).toString().contains("not sent"), Duration.ofSeconds(20)))
                    .isTrue();
            server.listen();
            send(client, "b");
            server.verify();
        }
    }

    @Test
    void isVerified() throws IOException {
        try (FakeServer server = FakeServer.start("udp:?timeout=100ms", TWO_QUESTIONS);
                DatagramSocket client = connected(server.address())) {
            assertThat(ask(client, "one")).isEqualTo("1");
            server.refuse();
            assertThat(Reports.of(server)).contains("step 3 of 4", "C: two");

            server.listen();
            assertThat(ask(client, "two")).isEqualTo("2");
            server.refuse();
            server.verify();
        }
    }

    @Test
    void acceptWaitsForAClient() {
        try (FakeServer server = FakeServer.start("udp:?timeout=100ms")) {
            server.refuse();
            assertThatThrownBy(server::accept)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(
                            ": waited for a client to connect (the server is refusing: call listen() before the client connects), for 100 ms");
        }
    }

    @Test
    void aConversationWithItsOwnPortRefusesThereToo() throws IOException {
        Script moves = Script.parse("C: begin\n@new-port\nS: here\nC: more\nS: there");
        try (FakeServer server = FakeServer.start("udp:", moves);
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(20_000);
            client.send(packet("begin", server.address()));
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            client.receive(answer);
            try (DatagramSocket toNewPort = connected((InetSocketAddress) answer.getSocketAddress())) {
                server.refuse();
                assertRefused(toNewPort);
            }
            server.listen();
            client.send(packet("more", (InetSocketAddress) answer.getSocketAddress()));
            assertThat(receive(client)).isEqualTo("there");
            server.verify();
        }
    }

    @Test
    void aPortThatIsOpenedMeanwhileSendsNothing() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(20_000);
            client.send(packet("hello", server.address()));
            Connection connection = server.accept();
            server.refuse();
            connection.moveToNewPort();
            connection.sendLine("lost");
            server.listen();
            connection.sendLine("back");
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            client.receive(answer);
            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8))
                    .isEqualTo("back");
            assertThat(answer.getSocketAddress()).isNotEqualTo(server.address());
        }
    }

    @Test
    void aDtlsSessionContinuesAfterwards() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", echo());
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.send("a").receive()).isEqualTo("a");
            server.refuse();
            assertThatThrownBy(() -> client.send("b").receive()).isInstanceOf(PortUnreachableException.class);
            assertThatThrownBy(() -> DtlsClient.connect(server)).isInstanceOf(PortUnreachableException.class);

            server.listen();
            assertThat(client.send("c").receive()).isEqualTo("c");
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
        }
    }

    /** The sessions of a real server are in its memory: a new process does not know them. */
    @Test
    void aDtlsServerThatComesBackHasForgottenItsSessions() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expectLine("one"), sendLine("1"))) {
            try (DtlsClient client = DtlsClient.connect(server)) {
                client.send("one");
                assertThat(client.receive()).isEqualTo("1");

                server.goDown();
                server.listen();

                client.send("two");
                assertThat(server.recording().await(r -> r.toString().contains("no session"), Duration.ofSeconds(20)))
                        .isTrue();
            }
            try (DtlsClient client = DtlsClient.connect(server)) {
                client.send("one");
                assertThat(client.receive()).isEqualTo("1");
            }
            server.verify();
        }
    }

    @Test
    void closesWhileItRefuses() throws IOException {
        int before = openFiles();
        for (int i = 0; i < 100; i++) {
            FakeServer server = FakeServer.start("udp:", echo());
            server.refuse();
            server.close();
            new DatagramSocket(server.address()).close();
        }
        assertThat(openFiles()).isLessThan(before + 50);
    }

    @Test
    void manyThreadsMayChangeIt() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo());
                DatagramSocket client = connected(server.address())) {
            List<FutureTask<Void>> changes = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                boolean refuses = thread % 2 == 0;
                changes.add(new FutureTask<>(() -> {
                    for (int i = 0; i < 100; i++) {
                        if (refuses) {
                            server.refuse();
                        } else {
                            server.listen();
                        }
                    }
                    return null;
                }));
            }
            changes.forEach(change -> new Thread(change).start());
            for (FutureTask<Void> change : changes) {
                change.get();
            }
            server.listen();
            assertThat(ask(client, "a")).isEqualTo("a");
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
        }
    }

    @Test
    void mayBeClosedWhileItChanges() throws Exception {
        int before = openFiles();
        for (int i = 0; i < 100; i++) {
            FakeServer server = FakeServer.start("udp:");
            FutureTask<Void> changing = new FutureTask<>(() -> {
                for (int n = 0; n < 10; n++) {
                    server.refuse();
                    server.listen();
                }
                return null;
            });
            new Thread(changing).start();
            for (int spins = i * 100; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            server.close();
            changing.get();
            new DatagramSocket(server.address()).close();
            assertThat(server).hasToString("FakeServer{" + server.uri() + ", closed}");
            server.verify();
        }
        assertThat(openFiles()).isLessThan(before + 50);
    }

    @Test
    void sendsOfOtherThreadsContinueAfterwards() throws Exception {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = connected(server.address())) {
            send(client, "hello");
            Connection connection = server.accept();
            CountDownLatch over = new CountDownLatch(1);
            FutureTask<Void> sending = new FutureTask<>(() -> {
                while (over.getCount() > 0) {
                    connection.sendLine("x");
                }
                return null;
            });
            new Thread(sending).start();
            for (int i = 0; i < 50; i++) {
                server.refuse();
                server.listen();
            }
            over.countDown();
            sending.get();
            connection.sendLine("x");
            assertThat(receive(client)).isEqualTo("x");
        }
    }

    /** Other tests of this JVM may open some. */
    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    private static DatagramSocket connected(InetSocketAddress server) throws IOException {
        DatagramSocket socket = new DatagramSocket();
        socket.connect(server);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void assertRefused(DatagramSocket client) {
        assertThatThrownBy(() -> ask(client, "?")).isInstanceOf(PortUnreachableException.class);
    }

    private static String ask(DatagramSocket client, String question) throws IOException {
        send(client, question);
        return receive(client);
    }

    private static void send(DatagramSocket client, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.send(new DatagramPacket(bytes, bytes.length));
    }

    private static DatagramPacket packet(String text, InetSocketAddress to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new DatagramPacket(bytes, bytes.length, to);
    }

    private static String receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}

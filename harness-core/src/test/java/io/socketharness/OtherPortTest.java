package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.fromOtherPort;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.assertj.SocketAssertions;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datagrams from another port of the server's host. */
@Timeout(60)
class OtherPortTest {

    private static final Script WRONG_THEN_RIGHT = Script.parse("""
            C: time?
            @other-port
            S: 13:13
            @end
            S: 12:00
            """);

    @Test
    void aConnectedSocketGetsOnlyTheAnswerFromTheServersPort() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", WRONG_THEN_RIGHT);
                DatagramSocket client = client()) {
            client.connect(server.address());
            assertThat(ask(client, "time?", server)).isEqualTo("12:00 from the server");
            server.verify();
        }
    }

    @Test
    void anotherSocketGetsBothWithTheirSources() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", WRONG_THEN_RIGHT);
                DatagramSocket client = client()) {
            client.send(packet("time?", server));
            DatagramPacket wrong = receive(client);
            InetSocketAddress source = (InetSocketAddress) wrong.getSocketAddress();

            assertThat(text(wrong)).isEqualTo("13:13");
            assertThat(source.getAddress()).isEqualTo(server.address().getAddress());
            assertThat(source.getPort()).isNotEqualTo(server.port());
            assertThat(describe(receive(client), server)).isEqualTo("12:00 from the server");
            server.verify();
            // it is closed again
            new DatagramSocket(source).close();
        }
    }

    @Test
    void isRecordedAsSentWithThePort() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", WRONG_THEN_RIGHT);
                DatagramSocket client = client()) {
            client.send(packet("time?", server));
            int port = receive(client).getPort();
            receive(client);

            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.sentDatagrams()).containsExactly(Bytes.ofText("13:13"), Bytes.ofText("12:00"));
            assertThat(exchange.toString())
                    .containsPattern("  S: 13:13 +\\d+\\.\\d ms  from port " + port + "\n")
                    .containsPattern("  S: 12:00 +\\d+\\.\\d ms$");
            assertThat(exchange.events())
                    .filteredOn(event -> event.kind() == Event.Kind.SENT)
                    .extracting(Event::detail)
                    .containsExactly("from port " + port, "");
            SocketAssertions.assertThat(server).connection(0).sent("13:1312:00");
        }
    }

    @Test
    void isReplayed() throws IOException {
        String replay;
        try (FakeServer server = FakeServer.start("udp:", WRONG_THEN_RIGHT);
                DatagramSocket client = client()) {
            client.send(packet("time?", server));
            receive(client);
            receive(client);
            replay = server.recording().exchanges().get(0).toScript();
        }
        assertThat(Script.parse(replay)).isEqualTo(WRONG_THEN_RIGHT);
    }

    @Test
    void aBlockHasOnePort() throws IOException {
        Script script = Script.of(
                expectLine("a"), fromOtherPort(sendLine("1"), send("2"), send(new byte[] {'3'})), sendLine("4"));
        try (FakeServer server = FakeServer.start("udp:", script);
                DatagramSocket client = client()) {
            client.send(packet("a", server));
            DatagramPacket first = receive(client);
            assertThat(text(first)).isEqualTo("1");
            for (String expected : new String[] {"2", "3"}) {
                DatagramPacket next = receive(client);
                assertThat(text(next)).isEqualTo(expected);
                assertThat(next.getSocketAddress()).isEqualTo(first.getSocketAddress());
            }
            assertThat(describe(receive(client), server)).isEqualTo("4 from the server");
            server.verify();
        }
    }

    @Test
    void settingsEndWithTheBlock() throws IOException {
        Script script = Script.parse("C: a\n@other-port\n@charset latin1\n@drip 1 1ms\nS: é!\n@end\nS: é!");
        try (FakeServer server = FakeServer.start("udp:", script);
                DatagramSocket client = client()) {
            client.send(packet("a", server));
            assertThat(receive(client).getData()[0]).isEqualTo((byte) 0xe9);
            assertThat(describe(receive(client), server)).isEqualTo("! from another port");
            assertThat(describe(receive(client), server)).isEqualTo("é! from the server");
            server.verify();
        }
    }

    @Test
    void goesToTheSourceOfTheLastDatagramIfThereAreMany() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "udp:?conversation=one", expectLine("a"), expectLine("b"), fromOtherPort(sendLine("1")));
                DatagramSocket first = client();
                DatagramSocket second = client()) {
            first.send(packet("a", server));
            server.recording().awaitReceived("a");
            second.send(packet("b", server));
            assertThat(describe(receive(second), server)).isEqualTo("1 from another port");
            server.verify();
        }
    }

    @Test
    void aConversationReturnsToItsOwnPort() throws IOException {
        Script script = Script.parse("C: a\n@new-port\nS: 1\n@other-port\nS: 2\n@end\nS: 3");
        try (FakeServer server = FakeServer.start("udp:", script);
                DatagramSocket client = client()) {
            client.send(packet("a", server));
            int own = receive(client).getPort();
            assertThat(receive(client).getPort()).isNotIn(own, server.port());
            assertThat(receive(client).getPort()).isEqualTo(own);
            server.verify();
        }
    }

    @Test
    void ownCodeSendsFromAnotherPortToo() throws Exception {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = client()) {
            client.send(packet("hello", server));
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("hello");
            connection.fromOtherPort(other -> {
                other.sendLine("1");
                connection.sendLine("2");
                other.within(Duration.ofSeconds(1)).sendMessage("3".getBytes(StandardCharsets.UTF_8));
                Script.of(sendLine("4")).run(other);
            });
            connection.fromOtherPort(sendLine("5"));
            connection.sendLine("6");

            for (String expected : new String[] {
                "1 from another port",
                "2 from the server",
                "3 from another port",
                "4 from another port",
                "5 from another port",
                "6 from the server"
            }) {
                assertThat(describe(receive(client), server)).isEqualTo(expected);
            }
        }
    }

    @Test
    void anAnswerToTheOtherPortIsNotReceived() throws Exception {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = client()) {
            client.send(packet("hello", server));
            Connection connection = server.accept();
            connection.fromOtherPort(other -> {
                other.sendLine("1");
                DatagramPacket answer = receive(client);
                client.send(new DatagramPacket(new byte[] {'x'}, 1, answer.getSocketAddress()));
            });
            client.send(packet("y", server));
            assertThat(connection.receiveLine()).isEqualTo("hello");
            assertThat(connection.receiveLine()).isEqualTo("y");
        }
    }

    @Test
    void itsConnectionEndsWithTheCode() throws Exception {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = client()) {
            client.send(packet("hello", server));
            AtomicReference<Connection> kept = new AtomicReference<>();
            server.accept().fromOtherPort(kept::set);
            Connection late = Objects.requireNonNull(kept.get());
            assertThatThrownBy(() -> late.sendLine("late"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "this connection is for the behaviour that was given to fromOtherPort, which has ended");
        }
    }

    @Test
    void aFailureNamesTheStepInTheBlock() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "udp:", expectLine("a"), fromOtherPort(sendLine("1"), send("x".repeat(65_508))));
                DatagramSocket client = client()) {
            client.send(packet("a", server));
            assertThat(Reports.of(server))
                    .contains(
                            "step 2 of 2, in it step 2 of 2 failed",
                            "a datagram of 65508 bytes could not be sent: Message too long");
        }
    }

    @Test
    void nothingIsSentOnAnEndedConversation() throws Exception {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = client()) {
            client.send(packet("a", server));
            Connection connection = server.accept();
            connection.close();
            assertThatThrownBy(() -> connection.fromOtherPort(sendLine("b"))).isInstanceOf(OutputClosed.class);
        }
    }

    @Test
    void nothingIsSentWhileTheServerRefuses() throws Exception {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = client()) {
            client.send(packet("a", server));
            Connection connection = server.accept();
            server.refuse();
            connection.fromOtherPort(sendLine("b"));
            server.listen();
            connection.sendLine("c");
            assertThat(describe(receive(client), server)).isEqualTo("c from the server");
            assertThat(connection.exchange().toString()).contains("a datagram of 1 bytes not sent: the server refuses");
        }
    }

    @Test
    void leavesNoPortOpen() throws Exception {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = client()) {
            client.send(packet("a", server));
            Connection connection = server.accept();
            int before = openFiles();
            for (int i = 0; i < 200; i++) {
                connection.fromOtherPort(sendLine("b"));
                assertThatThrownBy(() -> connection.fromOtherPort(send("x".repeat(65_508))))
                        .isInstanceOf(UncheckedIOException.class);
            }
            assertThat(openFiles()).isLessThan(before + 50);
        }
    }

    /** Other tests of this JVM may open some. */
    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @ParameterizedTest
    @CsvSource({
        "tcp:, 'sending from another port needs UDP'",
        "tls:, 'sending from another port needs UDP'",
        "unix:, 'sending from another port needs UDP'",
        "udg:, 'over udg a datagram cannot come from another port; use udp'",
        "dtls:, 'over dtls a datagram cannot come from another port; use udp'",
    })
    void existsOverUdpOnly(String url, String message) throws Exception {
        try (FakeServer server = FakeServer.start(url);
                Client client = Client.of(server)) {
            client.send("a");
            Connection connection = server.accept();
            assertThatThrownBy(() -> connection.fromOtherPort(sendLine("b")))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(message);
        }
    }

    private static DatagramSocket client() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static DatagramPacket packet(String text, FakeServer server) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new DatagramPacket(bytes, bytes.length, server.address());
    }

    private static String ask(DatagramSocket client, String question, FakeServer server) throws IOException {
        client.send(packet(question, server));
        return describe(receive(client), server);
    }

    private static DatagramPacket receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        client.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static String describe(DatagramPacket packet, FakeServer server) {
        return text(packet) + (packet.getPort() == server.port() ? " from the server" : " from another port");
    }
}

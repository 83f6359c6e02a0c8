package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A conversation over UDP that goes on from a port of its own. */
@Timeout(60)
class ConversationPortTest {

    private static final Script TWICE = Script.parse("""
            C: begin
            S: here
            @new-port
            S: there
            C~ go on (?<who>.*)
            S: bye ${who}
            """);

    @Test
    void sendsFromItAndReceivesThere() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", TWICE);
                DatagramSocket client = client()) {
            send(client, "begin", server.address());
            assertThat(receive(client, "here")).isEqualTo(server.address());

            SocketAddress moved = receive(client, "there");
            assertThat(moved).isNotEqualTo(server.address());

            send(client, "go on ann", moved);
            assertThat(receive(client, "bye ann")).isEqualTo(moved);
            server.verify();
            assertThat(server.recording().exchanges())
                    .singleElement()
                    .satisfies(exchange -> assertThat(exchange.toString())
                            .contains("continues from port " + ((InetSocketAddress) moved).getPort()));
        }
    }

    @Test
    void overDtlsThereIsNone() throws IOException {
        try (FakeServer server = FakeServer.start("dtls:");
                DatagramSocket client = client()) {
            send(client, "no hello", server.address());
            Connection connection = server.accept();
            assertThatThrownBy(connection::moveToNewPort)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("over dtls a conversation cannot have its own port; use udp");
        }
    }

    @Test
    void eachClientHasItsOwn() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", TWICE);
                DatagramSocket ann = client();
                DatagramSocket bob = client()) {
            SocketAddress movedForAnn = begin(ann, server);
            SocketAddress movedForBob = begin(bob, server);
            assertThat(movedForAnn).isNotEqualTo(movedForBob);

            send(bob, "go on bob", movedForBob);
            send(ann, "go on ann", movedForAnn);
            assertThat(receive(ann, "bye ann")).isEqualTo(movedForAnn);
            assertThat(receive(bob, "bye bob")).isEqualTo(movedForBob);
            server.verify();
        }
    }

    @Test
    void datagramsToTheServersPortAreStillReceived() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", TWICE);
                DatagramSocket client = client()) {
            SocketAddress moved = begin(client, server);

            send(client, "go on at the old", server.address());
            assertThat(receive(client, "bye at the old")).isEqualTo(moved);
            server.verify();
        }
    }

    @Test
    void verifyDrainsTheNewPort() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", TWICE);
                DatagramSocket client = client()) {
            SocketAddress moved = begin(client, server);
            send(client, "go on ann", moved);
            send(client, "one too many", moved);

            assertThat(Reports.of(server)).contains("one too many");
        }
    }

    @Test
    void datagramsOfOtherClientsAreReportedWithTheirSource() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", TWICE);
                DatagramSocket client = client();
                DatagramSocket stranger = client()) {
            SocketAddress moved = begin(client, server);
            send(stranger, "go on eve", moved);

            assertThat(receive(client, "bye eve")).isEqualTo(moved);
            assertThat(server.recording().exchanges())
                    .singleElement()
                    .satisfies(exchange ->
                            assertThat(exchange.toString()).contains("from 127.0.0.1:" + stranger.getLocalPort()));
        }
    }

    @Test
    void isThereForTheTestThreadAndMayChangeAgain() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = client()) {
            send(client, "begin", server.address());
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("begin");
            connection.moveToNewPort();
            connection.sendLine("one");
            SocketAddress one = receive(client, "one");
            connection.moveToNewPort();
            connection.sendLine("two");
            SocketAddress two = receive(client, "two");

            send(client, "to the first", one);
            assertThat(connection.receiveLine()).isEqualTo("to the first");
            send(client, "to the second", two);
            assertThat(connection.receiveLine()).isEqualTo("to the second");
        }
    }

    @Test
    void itIsFreeWhenTheServerIsClosed() throws IOException {
        SocketAddress moved;
        try (FakeServer server = FakeServer.start("udp:", TWICE);
                DatagramSocket client = client()) {
            moved = begin(client, server);
            send(client, "go on ann", moved);
            assertThat(receive(client, "bye ann")).isEqualTo(moved);
        }
        new DatagramSocket(moved).close();
    }

    private static SocketAddress begin(DatagramSocket client, FakeServer server) throws IOException {
        send(client, "begin", server.address());
        assertThat(receive(client, "here")).isEqualTo(server.address());
        return receive(client, "there");
    }

    private static DatagramSocket client() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void send(DatagramSocket client, String text, SocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** Where it came from. */
    private static SocketAddress receive(DatagramSocket client, String expected) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        client.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        return packet.getSocketAddress();
    }
}

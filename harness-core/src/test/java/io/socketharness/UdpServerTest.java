package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What datagrams have and streams have not: bounds, sources, sizes. */
@Timeout(60)
class UdpServerTest {

    @Test
    void keepsTheBoundsOfDatagramsEmptyOnesToo() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", echo());
                Client client = Client.of(server)) {
            for (String datagram : new String[] {"a\nb", "", "c"}) {
                client.send(datagram);
                assertThat(client.receive()).isEqualTo(datagram);
            }
            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.isDatagrams()).isTrue();
            assertThat(exchange.receivedDatagrams())
                    .containsExactly(Bytes.ofText("a\nb"), Bytes.of(), Bytes.ofText("c"));
            assertThat(exchange.sentDatagrams()).isEqualTo(exchange.receivedDatagrams());
            assertThat(exchange.receivedLines()).containsExactly("a\nb", "", "c");
        }
    }

    @Test
    void takesTheLargestDatagram() throws IOException {
        String largest = "x".repeat(65_507);
        try (FakeServer server = FakeServer.start("udp:", echo());
                Client client = Client.of(server)) {
            client.send(largest);
            assertThat(client.receive()).isEqualTo(largest);
        }
    }

    @Test
    void aTooLargeDatagramIsRefusedByTheSystem() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                Client client = Client.of(server)) {
            client.send("x");
            Connection connection = server.accept();
            assertThatThrownBy(() -> connection.send(new byte[65_508]))
                    .hasMessage("a datagram of 65508 bytes could not be sent: Message too long");
            assertThat(connection.exchange().toString())
                    .contains("a datagram of 65508 bytes not sent: Message too long");
        }
    }

    @Test
    void aShortReceiveLosesTheRestAndTheRecordingHoldsTheWhole() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", receive(1, "first"), send("${first}"), expectLine("next"));
                Client client = Client.of(server)) {
            client.send("whole");
            assertThat(client.receive()).isEqualTo("w");
            client.send("next");
            server.verify();
            assertThat(server.recording()
                            .exchanges()
                            .get(0)
                            .receivedDatagrams()
                            .get(0)
                            .text())
                    .isEqualTo("whole");
        }
    }

    @Test
    void oneConversationAnswersTheSourceOfTheDatagramReceivedLast() throws IOException {
        try (FakeServer server =
                FakeServer.start("udp:?conversation=one", expectLine("a"), send("1"), expectLine("b"), send("2"))) {
            try (Client first = Client.of(server);
                    Client second = Client.of(server)) {
                first.send("a");
                assertThat(first.receive()).isEqualTo("1");
                second.send("b");
                assertThat(second.receive()).isEqualTo("2");
            }
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
            assertThat(server.recording().exchanges().get(0).toString()).contains("  C: a", "from 127.0.0.1:");
        }
    }

    @Test
    void anEndedConversationIsRecordedAndAnsweredByNobody() throws IOException {
        try (FakeServer server =
                        FakeServer.start("udp:", expectLine("bye"), io.socketharness.script.Behaviours.close());
                Client client = Client.of(server)) {
            client.send("bye");
            client.send("more");
            Exchange unused = server.recording().awaitReceived("more");
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
        }
    }

    @Test
    void cannotRefuse() {
        try (FakeServer server = FakeServer.start("udp:")) {
            assertThatThrownBy(server::refuse)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(server.uri()
                            + " cannot refuse: a bound UDP port takes every datagram, and a free one could be taken by another"
                            + " program; close the server, or let it answer nothing");
        }
    }

    @Test
    void framingsAndEndsAreForStreams() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                Client client = Client.of(server)) {
            client.send("x");
            Connection connection = server.accept();
            assertThatThrownBy(() -> connection.receiveUntil((byte) 0))
                    .hasMessage(
                            "a delimiter bounds messages on a stream; on datagrams each datagram is a message: receive a"
                                    + " datagram");
            assertThatThrownBy(connection::closeOutput)
                    .hasMessage("datagrams have no connection that could be closed in part");
            assertThat(connection.receiveDatagram()).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void losesNothingOfABurst() throws IOException {
        int datagrams = 2_000;
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = new DatagramSocket()) {
            byte[] bytes = "orders:1|c".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < datagrams; i++) {
                client.send(new DatagramPacket(bytes, bytes.length, server.address()));
            }
            server.verify();
            assertThat(server.recording().exchanges().get(0).receivedDatagrams())
                    .hasSize(datagrams);
        }
    }

    @Test
    void allAddressesOfIpv4AreNoneOfIpv6() throws IOException {
        InetContract.assumeIpv6();
        try (FakeServer server = FakeServer.start("udp://0.0.0.0:0", echo());
                DatagramSocket four = new DatagramSocket();
                DatagramSocket six = new DatagramSocket()) {
            four.connect(InetAddress.getByName("127.0.0.1"), server.port());
            four.setSoTimeout(5_000);
            four.send(new DatagramPacket(new byte[] {'a'}, 1));
            four.receive(new DatagramPacket(new byte[1], 1));

            six.connect(InetAddress.getByName("::1"), server.port());
            six.setSoTimeout(5_000);
            six.send(new DatagramPacket(new byte[] {'a'}, 1));
            assertThatThrownBy(() -> six.receive(new DatagramPacket(new byte[1], 1)))
                    .isInstanceOf(PortUnreachableException.class);
        }
    }

    @Test
    void aSenderThatIsInterruptedHarmsNobody() throws IOException {
        try (FakeServer server = FakeServer.start("udp://0.0.0.0:0");
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");
            Connection connection = server.accept();
            Thread.currentThread().interrupt();
            connection.send("b");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.receive()).isEqualTo("b");
        }
    }
}

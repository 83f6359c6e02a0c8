package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
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
    void aStepThatTheSystemRefusesHasFailed() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectLine("a"), send("x".repeat(65_508)), expectLine("b"));
                Client client = Client.of(server)) {
            client.send("a");
            client.send("b");

            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "step 2 of 3 failed", "a datagram of 65508 bytes could not be sent: Message too long");
        }
    }

    @Test
    void allAddressesOfIpv4IncludeNoneOfIpv6() throws IOException {
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

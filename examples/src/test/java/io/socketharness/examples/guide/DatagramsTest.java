package io.socketharness.examples.guide;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

/** The tests of {@code docs/datagrams.md}. */
class DatagramsTest {

    // tag::conversation[]
    @Test
    @SocketServer(transport = "udp", script = """
            C: TIME?
            S: 12:00
            """)
    void asksForTheTime(InetSocketAddress server) throws Exception {
        assertThat(new Clock(server).time()).isEqualTo("12:00");
    }
    // end::conversation[]

    // tag::lost[]
    @Test
    @SocketServer(transport = "udp", script = """
            C: TIME?
            C: TIME?
            S: 12:00
            """)
    void asksAgainWhenADatagramIsLost(InetSocketAddress server) throws Exception {
        assertThat(new Clock(server).time()).isEqualTo("12:00");
    }

    @Test
    void givesUpWhenNobodyAnswers(@SocketServer(transport = "udp") FakeServer server) {
        assertThatThrownBy(new Clock(server.address())::time).isInstanceOf(SocketTimeoutException.class);

        assertThat(server).connection(0).receivedLines("TIME?", "TIME?");
    }
    // end::lost[]

    // tag::down[]
    @Test
    @SocketServer(transport = "udp", script = """
            C: TIME?
            S: 12:00
            """)
    void asksAServerThatWasDown(FakeServer server) throws Exception {
        Clock clock = new Clock(server.address());
        server.refuse(); // the server is down: "port unreachable"
        assertThatThrownBy(clock::time).isInstanceOf(PortUnreachableException.class);

        server.listen(); // it is up again, on the same port
        assertThat(clock.time()).isEqualTo("12:00");
    }
    // end::down[]

    @Test
    void meetsAClosedPort(@SocketServer(transport = "udp") FakeServer server) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server.address());
            socket.setSoTimeout(5_000);
            server.close();
            socket.send(new DatagramPacket(new byte[1], 1));

            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[1], 1)))
                    .isInstanceOf(PortUnreachableException.class);
        }
    }
}

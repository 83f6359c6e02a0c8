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
    void returnsTheTimeOfTheServer(InetSocketAddress server) throws Exception {
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

    // tag::order[]
    @Test
    @SocketServer(transport = "udp", script = """
            C! [2 first] "kitchen"
            C! [2 second] "cellar"
            S! ${second} "12.5"
            S! ${first} "21.0"
            """)
    void matchesAnswersToItsQuestions(InetSocketAddress server) throws Exception {
        assertThat(new Sensors(server).read("kitchen", "cellar")).containsExactly("21.0", "12.5");
    }

    @Test
    @SocketServer(transport = "udp", script = """
            C! [2 late] "kitchen"
            C! [2 id] "kitchen"
            S! ${late} "19.0"
            S! ${id} "21.0"
            """)
    void ignoresALateAnswerToAnEarlierQuestion(InetSocketAddress server) throws Exception {
        assertThat(new Sensors(server).read("kitchen")).containsExactly("21.0"); // asks twice, with two ids
    }
    // end::order[]

    // tag::other-port[]
    @Test
    @SocketServer(transport = "udp", script = """
            C: TIME?
            @other-port
            S: 13:13
            @end
            S: 12:00
            """)
    void ignoresAnAnswerFromAnotherPort(InetSocketAddress server) throws Exception {
        assertThat(new Clock(server).time()).isEqualTo("12:00");
    }
    // end::other-port[]

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

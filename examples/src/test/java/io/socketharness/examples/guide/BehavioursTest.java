package io.socketharness.examples.guide;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.reply;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.sendLine;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.FromServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The tests of {@code docs/behaviours.md}. */
class BehavioursTest {

    // tag::enqueue[]
    @Test
    void asksAgainOnANewConnection(@SocketServer FakeServer server) throws Exception {
        server.enqueue(expectLine("TEMP?"), reset()); // the first connection
        server.enqueue(expectLine("TEMP?"), sendLine("21.5")); // the second one

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThatThrownBy(thermometer::read).isInstanceOf(SocketException.class);
        }
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }
    // end::enqueue[]

    // tag::lambda[]
    @Test
    void followsTheTemperature() throws Exception {
        Behaviour warming = connection -> {
            double temperature = 20;
            while (true) {
                assertThat(connection.receiveLine()).isEqualTo("TEMP?");
                connection.sendLine(String.valueOf(temperature++));
            }
        };
        try (FakeServer server = FakeServer.start("tcp:", warming);
                Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(20);
            assertThat(thermometer.read()).isEqualTo(21);
            server.verify();
        }
    }
    // end::lambda[]

    // tag::class[]
    @Test
    @SocketServer(behaviour = Warming.class)
    void followsTheTemperatureOfEachConnection(@FromServer String host, @FromServer int port) throws Exception {
        try (Thermometer one = new Thermometer(host, port);
                Thermometer two = new Thermometer(host, port)) {
            assertThat(one.read()).isEqualTo(20);
            assertThat(one.read()).isEqualTo(21);
            assertThat(two.read()).isEqualTo(20);
        }
    }
    // end::class[]

    // tag::mixed[]
    @Test
    void answersInTheUnitThatWasAskedFor(@SocketServer FakeServer server) throws Exception {
        server.enqueue(Script.parse("C~ UNIT (?<unit>[CF])\nS: OK"), connection -> {
            boolean fahrenheit = connection.variable("unit").equals("F");
            while (true) {
                assertThat(connection.receiveLine()).isEqualTo("TEMP?");
                connection.sendLine(fahrenheit ? "70.7" : "21.5");
            }
        });
        // end::mixed[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("UNIT F");
            assertThat(thermometer.nextLine()).isEqualTo("OK");
            assertThat(thermometer.read()).isEqualTo(70.7);
        }
    }

    @Test
    void answersWhatAFunctionMakesOfIt(@SocketServer FakeServer server) throws Exception {
        // tag::reply[]
        server.enqueue(forever(reply(question -> question.equals("TEMP?") ? "21.5" : "what is " + question)));
        // end::reply[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
            thermometer.send("HUMIDITY?");
            assertThat(thermometer.nextLine()).isEqualTo("what is HUMIDITY?");
        }
    }

    // tag::push[]
    @Test
    void hearsAnAlarm(@SocketServer(script = "S: READY") FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.nextLine()).isEqualTo("READY");

            server.broadcast("ALARM 90\r\n"); // or to one: server.connection(0).sendLine("ALARM 90")

            assertThat(thermometer.nextLine()).isEqualTo("ALARM 90");
        }
    }
    // end::push[]

    // tag::interval[]
    @Test
    @SocketServer(script = """
            @every 50ms
              S: ALARM 90
            @end
            @match
              C: TEMP?
              S: 21.5
            @end
            """)
    void readsBetweenAlarms(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.nextLine()).isEqualTo("ALARM 90");

            thermometer.send("TEMP?");

            String line = thermometer.nextLine();
            while (line.equals("ALARM 90")) {
                line = thermometer.nextLine();
            }
            assertThat(line).isEqualTo("21.5");
        }
    }
    // end::interval[]

    // tag::other-server[]
    @Test
    void answersAfterTheLogEntry(@SocketServer FakeServer server, @SocketServer(transport = "udp") FakeServer log)
            throws Exception {
        server.enqueue(
                expectLine("TEMP?"),
                connection -> assertThat(log).received("TEMP? sent"), // waits, up to the timeout of the log server
                sendLine("21.5"));
        // end::other-server[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port());
                DatagramSocket socket = new DatagramSocket()) {
            thermometer.send("TEMP?");
            byte[] entry = "TEMP? sent".getBytes(US_ASCII);
            socket.send(new DatagramPacket(entry, entry.length, log.address()));
            assertThat(thermometer.nextLine()).isEqualTo("21.5");
        }
    }

    // tag::within[]
    @Test
    void saysHelloSoon(@SocketServer FakeServer server) throws Exception {
        server.enqueue(connection -> {
            // a DeadlineExceeded fails the test
            String hello = connection.within(Duration.ofSeconds(1)).receiveLine();
            connection.sendLine("you said " + hello);
        });
        // end::within[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("HELLO");
            assertThat(thermometer.nextLine()).isEqualTo("you said HELLO");
        }
        assertThat(server).connection(0).receivedLines("HELLO");
    }
}

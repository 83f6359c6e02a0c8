package io.socketharness.examples.guide;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import io.socketharness.script.Script;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of {@code docs/recordings.md}. */
class RecordingsTest {

    private static final String SCRIPT = """
            C: TEMP?
            S: 21.5
            """;

    // tag::assertions[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            """)
    void asksOnceAndHangsUp(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }

        assertThat(server).hasConnections(1);
        assertThat(server).connection(0).received("TEMP?\r\n").sent("21.5\r\n").closedByClient();
    }
    // end::assertions[]

    // tag::await[]
    @Test
    void asksForTheTemperature(@SocketServer(script = SCRIPT) FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("TEMP?");

            Exchange exchange = server.recording().awaitExchange(0).awaitReceived("TEMP?");

            assertThat(exchange.receivedLines()).containsExactly("TEMP?");
        }
    }
    // end::await[]

    @Test
    @SocketServer(script = """
            C: NAME cellar
            @batch
              S: hello cellar
              S: 2 sensors
            @end
            C: TEMP?
            C: UNIT?
            S: 21.5
            S: C
            """)
    void showsWhatWasOneWrite(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("NAME cellar");
            assertThat(thermometer.nextLine()).isEqualTo("hello cellar");
            assertThat(thermometer.nextLine()).isEqualTo("2 sensors");
            thermometer.send("TEMP?\r\nUNIT?");
            assertThat(thermometer.nextLine()).isEqualTo("21.5");
            assertThat(thermometer.nextLine()).isEqualTo("C");
        }

        String dialogue = server.recording().awaitExchange(0).awaitEnd().toString();
        assertThat(withoutTimes(dialogue)).isEqualTo(withoutTimes(Shown.resource("dialogue.txt")));
    }

    private static String withoutTimes(String dialogue) {
        return dialogue.replaceAll(" *\\d+\\.\\d ms", "    TIME")
                .replaceAll(" {4,}\\+", "    +")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "CLIENT")
                .strip();
    }

    // tag::condition[]
    @Test
    void connectsThreeTimes(@SocketServer FakeServer server) throws Exception {
        Recording recording = server.recording();
        for (int i = 0; i < 3; i++) {
            new Thermometer(server.host(), server.port()).close();
        }

        boolean came = recording.await(r -> r.exchanges().size() == 3, Duration.ofSeconds(5));

        assertThat(came).isTrue();
    }
    // end::condition[]

    // tag::events[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            @delay 100ms
            S: 21.5
            """)
    void showsTheTimeOfEachEvent(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }

        List<Event> events = server.recording().awaitExchange(0).awaitEnd().events();
        Event question = first(events, Event.Kind.RECEIVED);
        Event answer = first(events, Event.Kind.SENT);
        assertThat(answer.at().minus(question.at())).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(answer.bytes().text()).isEqualTo("21.5\r\n");
    }
    // end::events[]

    private static Event first(List<Event> events, Event.Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).findFirst().orElseThrow();
    }

    // tag::nothing[]
    @Test
    void waitsForTheGreeting(@SocketServer FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(server).connection(0).receivedNothing(Duration.ofMillis(200));
        }
    }
    // end::nothing[]

    // tag::absent[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            @close
            """)
    void doesNotReconnect(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);

            assertThat(server).hasConnections(1).hasNoFurtherConnections(Duration.ofMillis(200));
            assertThat(server).receivedNothingContaining("QUIT", Duration.ofMillis(200));
        }
    }
    // end::absent[]

    // tag::bytes[]
    @Test
    void sendsAHeader(@SocketServer FakeServer server) throws Exception {
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write(new byte[] {1, 0, 2, 'O', 'K'});
        }

        assertThat(server).connection(0).receivedHex("01 0002 \"OK\"");
        assertThat(server).connection(0).receivedContainingHex("00 02");

        Bytes received = server.recording().awaitExchange(0).awaitEnd().received();
        assertThat(received.slice(0, 3).hex()).isEqualTo("01 00 02");
        assertThat(received.slice(3, 5).text()).isEqualTo("OK");
    }
    // end::bytes[]

    // tag::redact[]
    @Test
    @SocketServer(script = "C~ PASS .*\nS: welcome", redact = "PASS (.*)")
    void hidesThePassword(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("PASS s3cret");
            assertThat(thermometer.nextLine()).isEqualTo("welcome");
        }

        Exchange exchange = server.recording().awaitExchange(0).awaitEnd();
        assertThat(exchange.toString()).contains("C: PASS ******").doesNotContain("s3cret");
        assertThat(exchange.receivedText()).isEqualTo("PASS s3cret\r\n");
    }
    // end::redact[]

    @Test
    void isReplayed() throws Exception {
        // tag::replay[]
        String script;
        try (FakeServer server = FakeServer.start("tcp:", new Warming());
                Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.read();
            thermometer.read();
            script = server.recording().exchanges().get(0).toScript();
        }

        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(20);
            assertThat(thermometer.read()).isEqualTo(21);
            server.verify();
        }
        // end::replay[]
        assertThat(Shown.masked(script)).isEqualTo(Shown.masked(Shown.resource("replay.script")));
    }

    // tag::html[]
    @Test
    @SocketServer(script = "C: TEMP?\nS: 21.5")
    void leavesAPage(FakeServer server, @TempDir Path directory) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.read();
        }

        server.recording().writeHtml(directory.resolve("thermometer.html"));
        // end::html[]
        assertThat(directory.resolve("thermometer.html")).content().contains("TEMP?", "21.5");
    }

    // tag::pcapng[]
    @Test
    @SocketServer(script = "C: TEMP?\nS: 21.5")
    void leavesAFileForWireshark(FakeServer server, @TempDir Path directory) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.read();
        }

        server.recording().writePcapng(directory.resolve("thermometer.pcapng"));
        // end::pcapng[]
        assertThat(directory.resolve("thermometer.pcapng")).isNotEmptyFile();
    }
}

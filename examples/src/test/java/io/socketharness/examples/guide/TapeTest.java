package io.socketharness.examples.guide;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forwardTo;
import static io.socketharness.script.Behaviours.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of {@code docs/tapes.md}. Another fake server is the real server, so that they run everywhere. */
class TapeTest {

    private static FakeServer real;

    @BeforeAll
    static void startTheRealServer() {
        real = FakeServer.start("tcp:?optional=true", Script.parse("""
                @match
                  C: TEMP?
                  S: 21.5
                @or
                  C~ TEMP\\? (?<id>.*)
                  S: 21.5 ${id}
                @or
                  C~ PASS .*
                  S: ok, token 7f3a91
                @end
                """));
        System.setProperty("thermometer.port", String.valueOf(real.port()));
    }

    @AfterAll
    static void stopTheRealServer() {
        real.close();
        System.clearProperty("thermometer.port");
    }

    // tag::mask[]
    @Test
    @SocketServer(
            forwardTo = "tcp://localhost:${thermometer.port}",
            tape = "request.tape",
            mask = "(?<id>[0-9a-f-]{36})")
    void sendsTheIdOfARequest(FakeServer server) throws Exception {
        String id = UUID.randomUUID().toString();
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("TEMP? " + id);

            assertThat(thermometer.nextLine()).isEqualTo("21.5 " + id);
        }
    }
    // end::mask[]

    // tag::redact[]
    @Test
    @SocketServer(
            forwardTo = "tcp://localhost:${thermometer.port}",
            tape = "login.tape",
            redact = {"PASS (.*)", "token (\\w+)"})
    void logsIn(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("PASS " + System.getProperty("thermometer.password", "anything"));

            assertThat(thermometer.nextLine()).startsWith("ok");
        }
    }
    // end::redact[]

    @Test
    void isRecordedInJava(@TempDir Path directory) throws Exception {
        // tag::java[]
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://localhost:${thermometer.port}"));
                Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.read();
            server.verify();
            tape = Tape.of(server.recording());
        }
        tape.redact("PASS (.*)").write(directory.resolve("temperature.tape"));
        // end::java[]

        assertThat(tape.connection(0)).isEqualTo("@eol crlf exact\nC: TEMP?\nS: 21.5\n");

        // tag::replay[]
        Tape recorded = Tape.read(directory.resolve("temperature.tape"));
        try (FakeServer server = FakeServer.start("tcp:", recorded);
                Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
            server.verify();
        }
        // end::replay[]
    }

    // tag::connection[]
    @Test
    void readsAgainAfterAReset(@SocketServer FakeServer server) throws Exception {
        Path resources = Path.of("src/test/resources/io/socketharness/examples/guide");
        Tape tape = Tape.read(resources.resolve("temperature.tape"));
        server.enqueue(expectLine("TEMP?"), reset());
        server.enqueue(Script.parse(tape.connection(0)));

        assertThatThrownBy(() -> read(server)).isInstanceOf(IOException.class);
        assertThat(read(server)).isEqualTo(21.5);
    }
    // end::connection[]

    private static double read(FakeServer server) throws IOException {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            return thermometer.read();
        }
    }

    // tag::edited[]
    @Test
    @SocketServer(script = """
            @eol crlf exact
            C: TEMP?
            @delay 100ms
            S: -40.0
            """)
    void showsAFrost(FakeServer server) throws Exception {
        assertThat(read(server)).isEqualTo(-40);
    }
    // end::edited[]

    @Test
    @SocketServer(forwardTo = "tcp://localhost:${thermometer.port}", tape = "temperature.tape")
    void readsTheTemperature(FakeServer server) throws Exception {
        assertThat(read(server)).isEqualTo(21.5);
    }
}

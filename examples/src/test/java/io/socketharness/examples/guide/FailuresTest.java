package io.socketharness.examples.guide;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The reports that {@code docs/failures.md} and {@code docs/first-test.md} show, as JUnit gives them for tests that fail. */
class FailuresTest {

    private static final Pattern FRAME = Pattern.compile("\\t+(at |\\.\\.\\. \\d+ more).*");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readsTheTemperature",
                "hangsUpPolitely",
                "asksAtAll",
                "asksOften",
                "asksForTheTemperature",
            })
    void isShown(String test) {
        assertThat(Shown.masked(report(test))).isEqualTo(Shown.masked(Shown.resource(test + ".txt")));
    }

    @Test
    void aTestWithoutAServerIsToldByJUnit() {
        assertThat(report("forgetsTheServer")).contains("No ParameterResolver registered for parameter");
    }

    // tag::health[]
    @Test
    @SocketServer(scripts = {"S: 220 mail.test", "S: 220 mail.test\nC: QUIT\nS: 221 bye\n@close"})
    void checksBeforeItConnects(FakeServer mail) throws Exception {
        new Socket(mail.host(), mail.port()).close(); // the health check

        try (Socket client = new Socket(mail.host(), mail.port())) {
            client.getOutputStream().write("QUIT\r\n".getBytes(US_ASCII));
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("220 mail.test\r\n221 bye\r\n");
        }
    }
    // end::health[]

    private static String report(String test) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("socketharness.capture", "never")
                .selectors(selectMethod(ThermometerTest.class, test, FakeServer.class))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(FailuresTest::printed)
                .collect(Collectors.joining());
    }

    /** As a console shows it, without the frames of the stack. */
    private static String printed(Throwable failure) {
        StringWriter out = new StringWriter();
        failure.printStackTrace(new PrintWriter(out));
        return out.toString()
                .lines()
                .filter(line -> !FRAME.matcher(line).matches())
                .collect(Collectors.joining("\n"))
                .replace("\t", "    ")
                .replace(FailuresTest.class.getName() + "$ThermometerTest", "com.example.ThermometerTest")
                .replace("(FailuresTest.java", "(ThermometerTest.java");
    }

    /** Tests that fail; it has the name of those of the guides, which stands in their reports. */
    static class ThermometerTest {

        // tag::differs[]
        @Test
        @SocketServer(script = """
                C: TEMP
                S: 21.5
                """)
        void readsTheTemperature(FakeServer server) throws Exception {
            try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
                assertThat(thermometer.read()).isEqualTo(21.5);
            }
        }
        // end::differs[]

        // tag::owed[]
        @Test
        @SocketServer(script = """
                C: TEMP?
                S: 21.5
                C: QUIT
                """)
        void hangsUpPolitely(FakeServer server) throws Exception {
            try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
                assertThat(thermometer.read()).isEqualTo(21.5);
            }
        }
        // end::owed[]

        @Test
        @SocketServer(timeout = "500ms", script = """
                C: TEMP?
                S: 21.5
                """)
        void asksAtAll(FakeServer server) {
            // the client under test was never called, or called another address
        }

        @Test
        @SocketServer(behaviour = Warming.class)
        void asksOften(FakeServer server) throws Exception {
            try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
                assertThat(thermometer.read()).isEqualTo(20);
                thermometer.send("HUMIDITY?");
                thermometer.nextLine();
            }
        }

        @Test
        void forgetsTheServer(FakeServer server) {
            assertThat(server).hasConnections(0);
        }

        @Test
        @SocketServer(script = """
                C: TEMP?
                S: 21.5
                """)
        void asksForTheTemperature(FakeServer server) throws Exception {
            try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
                thermometer.read();
            }
            assertThat(server).connection(0).receivedLines("TEMP?", "QUIT");
        }
    }
}

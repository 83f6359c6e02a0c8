package io.socketharness.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.junit5.FaultSweep;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import io.socketharness.sweep.Sweep;
import io.socketharness.sweep.SweepReport;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The tests of {@code docs/sweep.md}, and the reports that it shows. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the reports contain the effect ignore")
class SweepTest {

    private static final String PACKAGE = SweepTest.class.getPackageName();

    @TempDir
    private Path directory;

    // tag::green[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            """)
    void readsTheTemperature(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port(), 300)) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }
    // end::green[]

    @Test
    void theReportIsShown() {
        EngineExecutionResults results = execute(ThermometerTest.class);

        assertThat(results.allEvents().reportingEntryPublished().stream()
                        .map(event -> event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .get("fault sweep")))
                .containsExactly(Shown.resource("sweep.txt").stripTrailing());
        List<String> failures = failures(results);
        assertThat(failures).hasSize(4);
        assertShown("sweep-hang.txt", failures.get(0));
        assertThat(failures)
                .anySatisfy(failure ->
                        assertThat(withoutEvents(failure)).isEqualTo(withoutEvents(Shown.resource("sweep-wrong.txt"))));
    }

    @Test
    void theScriptFailsInTheSameWay() {
        assertThat(failures(execute(ScriptTest.class)))
                .singleElement()
                .asString()
                .contains("expected: 21.5")
                .contains("but was: 2.0");
    }

    /** Tests that fail; the class has the name of the one in the guide, because their reports contain it. */
    static class ThermometerTest {

        // tag::sweep[]
        @FaultSweep(tolerates = IOException.class, timeLimit = "1s")
        @SocketServer(script = """
                C: TEMP?
                S: 21.5
                """)
        void readsTheTemperature(FakeServer server) throws Exception {
            try (Thermometer thermometer = new Thermometer(server.host(), server.port(), 300)) {
                assertThat(thermometer.read()).isEqualTo(21.5);
            }
        }
        // end::sweep[]
    }

    static class ScriptTest {

        // tag::script[]
        @Test
        @SocketServer(script = """
                # close after 1 byte of "S: 21.5" (connection 0)
                # The client returns a wrong result.
                C: TEMP?
                S< 2
                @half-close
                @discard
                """)
        void readsTheTemperature(FakeServer server) throws Exception {
            try (Thermometer thermometer = new Thermometer(server.host(), server.port(), 300)) {
                assertThat(thermometer.read()).isEqualTo(21.5);
            }
        }
        // end::script[]
    }

    @Test
    void aReportInJava() throws IOException {
        // tag::report[]
        ServerSpec spec = ServerSpec.builder("tcp").script(Script.parse("""
                        C: TEMP?
                        S: 21.5
                        """)).build();

        SweepReport report = Sweep.of(spec)
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(1))
                .parallel(8)
                .run(server -> {
                    try (Thermometer thermometer = new Thermometer(server.host(), server.port(), 300)) {
                        assertThat(thermometer.read()).isEqualTo(21.5);
                    }
                });

        report.writeHtml(directory.resolve("sweep.html"));
        assertThat(report.failures()).extracting(SweepRun::verdict).containsOnly(Verdict.HANG, Verdict.WRONG_RESULT);
        // end::report[]
        assertThat(directory.resolve("sweep.html")).isNotEmptyFile();
        assertThatThrownBy(report::verify)
                .hasMessageContaining(Shown.resource("sweep-script.txt").strip());
    }

    @Test
    void aCarefulClientSurvives() {
        ServerSpec spec = ServerSpec.builder("tcp")
                .script(Script.parse("C: TEMP?\nS: 21.5"))
                .build();
        // tag::verify[]
        Sweep.of(spec)
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(1))
                .parallel(8)
                .run(server -> assertThat(new CarefulThermometer(server.address()).read())
                        .isEqualTo(21.5))
                .verify();
        // end::verify[]
    }

    @Test
    void aTestThatDiffersIsNotSwept() {
        ServerSpec spec = ServerSpec.builder("tcp")
                .script(Script.parse("C~ TEMP .*\nS: 21.5"))
                .build();
        Sweep sweep = Sweep.of(spec).tolerating(IOException.class).max(1);

        assertThatThrownBy(() -> sweep.run(SweepTest::askWithAnId))
                .hasMessageStartingWith("The test is not repeatable: two runs without a fault differ in message 1 of"
                        + " connection 0\n");
        assertThat(sweep.mask("id=\\w+").run(SweepTest::askWithAnId).failures()).isEmpty();
    }

    private static void askWithAnId(FakeServer server) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        try (Thermometer thermometer = new Thermometer(server.host(), server.port(), 300)) {
            thermometer.send("TEMP id=" + id);
            thermometer.nextLine();
        }
    }

    private static EngineExecutionResults execute(Class<?> test) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("socketharness.capture", "never")
                .selectors(selectMethod(test, "readsTheTemperature", FakeServer.class))
                .execute();
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(Throwable::getMessage)
                .toList();
    }

    /** The lines of a resource are in the report, in their order; the JDK decides which frames are between them. */
    private static void assertShown(String resource, String report) {
        String named = report.replace(PACKAGE + ".SweepTest$ThermometerTest", "com.example.ThermometerTest")
                .replace(PACKAGE + ".", "com.example.")
                .replace("(SweepTest.java", "(ThermometerTest.java");
        assertThat(Shown.masked(named).lines())
                .containsSubsequence(Shown.masked(Shown.resource(resource))
                        .lines()
                        .filter(line -> !line.strip().equals("…"))
                        .toList());
    }

    /** A report without the events after the fault, whose order is left to the system. */
    private static String withoutEvents(String report) {
        return Shown.masked(report).replaceAll("(?s)(\n {2}S< 21[^\n]*\n).*?\n\n", "$1\n");
    }
}

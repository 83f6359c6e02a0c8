package io.socketharness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {

    private static final int TIMEOUT = 400;
    private static final String RESET_AT_ACCEPT = "reset at accept (connection 0)";

    private static Sweep sweep() {
        return sweep("C: TEMP?\nS: 21.5\n");
    }

    private static Sweep sweep(String script) {
        return Sweep.of(ServerSpec.builder("tcp")
                        .script(Script.parse(script))
                        .timeout(Duration.ofMillis(300))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(2))
                .parallel(16);
    }

    private static void read(FakeServer server) throws IOException {
        ask(server, "TEMP?");
    }

    private static void ask(FakeServer server, String question) throws IOException {
        try (MailClient client = new MailClient(SweptSockets.connect(server, TIMEOUT))) {
            client.write(question);
            client.line();
        }
    }

    @Test
    void aFailureAlthoughAllDataArrivesIsRepeated() {
        AtomicInteger runs = new AtomicInteger();
        SweepReport report = sweep("C: TEMP?\nS: 21.5\n@close\n")
                .only("split \"S: 21.5\" (connection 0)")
                .parallel(1)
                .run(server -> {
                    read(server);
                    // after two runs without a fault
                    if (runs.incrementAndGet() == 3) {
                        throw new IOException("too slow");
                    }
                });

        assertThat(report.failures()).isEmpty();
        assertThat(report.runs())
                .filteredOn(run -> run.verdict() == Verdict.UNSTABLE)
                .extracting(SweepRun::reason)
                .containsExactly("the first run was WRONG_EXCEPTION (although all data arrives, the test threw"
                        + " java.io.IOException: too slow), the second SURVIVED (the test returned)");
    }

    /** Hides an exception: the weakness. */
    private static void readAndHide(FakeServer server) {
        try {
            read(server);
        } catch (IOException hidden) {
            throw new IllegalStateException("no temperature");
        }
    }

    @Test
    void refusesInvalidSettings() {
        assertThatThrownBy(() -> sweep().max(0)).hasMessage("the maximum number of runs must be 1 or more: 0");
        assertThatThrownBy(() -> sweep().parallel(0)).hasMessage("the number of parallel runs must be 1 or more: 0");
        assertThatThrownBy(() -> sweep().timeLimit(Duration.ZERO))
                .hasMessage("the time limit is 0; from 1 ns to a hundred years is allowed");
        assertThatThrownBy(() -> sweep().maxTime(Duration.ofMillis(-1)))
                .hasMessage("the maximum time is PT-0.001S; from 0 to a hundred years is allowed");
    }

    @Test
    void reportsATestThatFailsWithoutAFault() {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> sweep().run(server -> {
                    runs.incrementAndGet();
                    read(server);
                    assertThat("21.5").isEqualTo("22");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The run without a fault failed, so nothing was swept: ")
                .hasMessageContaining("C: TEMP?")
                .hasCauseInstanceOf(AssertionError.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void reportsAClientThatDoesNotFitTheScript() {
        assertThatThrownBy(() -> sweep().run(server -> ask(server, "TIME?")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The run without a fault failed, so nothing was swept: ")
                .satisfies(error -> assertThat(error.getSuppressed()[0])
                        .hasMessageContaining("expected  TEMP?")
                        .hasMessageContaining("received  TIME?"));
    }

    @Test
    void reportsAHangWithoutAFault() {
        assertThatThrownBy(() -> sweep().timeLimit(Duration.ofMillis(100)).run(server -> {
                    read(server);
                    new CountDownLatch(1).await();
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "The run without a fault failed, so nothing was swept: it did not end within 1300 ms\n");
    }

    @Test
    void reportsATestThatIsNotRepeatable() {
        AtomicInteger id = new AtomicInteger();
        assertThatThrownBy(() ->
                        sweep("C~ TEMP .*\nS: 21.5\n").run(server -> ask(server, "TEMP " + id.incrementAndGet())))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        The test is not repeatable: two runs without a fault differ in message 1 of connection 0
                          first:  C: TEMP 1\\r\\n
                          second: C: TEMP 2\\r\\n
                        A sweep needs the same dialogue in each run. Declare a part that differs with mask, a regular \
                        expression, or give the client a fixed value.""");
        SweepReport masked =
                sweep("C~ TEMP .*\nS: 21.5\n").mask("\\d+").run(server -> ask(server, "TEMP " + id.incrementAndGet()));
        assertThat(masked.failures()).isEmpty();
        assertThat(masked.runs()).extracting(SweepRun::place).contains("C: TEMP …");
    }

    @Test
    void reportsAnotherNumberOfConnections() {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> sweep().run(server -> {
                    read(server);
                    if (runs.getAndIncrement() > 0) {
                        read(server);
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The test is not repeatable: the first run without a fault has 1 connection,"
                        + " the second 2.\n");
    }

    @Test
    void ownAddressMayDiffer() {
        SweepReport report = sweep("C~ TEMP .*\nS: 21.5 from ${port}\n")
                .run(server -> ask(server, "TEMP " + server.host() + ":" + server.port()));
        assertThat(report.failures()).isEmpty();
        assertThat(report.counts()).doesNotContainKey(Verdict.DIVERGED);
    }

    @Test
    void noticesADialogueThatChanges() {
        AtomicInteger runs = new AtomicInteger();
        SweepReport report = sweep("C~ TEMP .*\nS: 21.5\n")
                .run(server -> ask(server, runs.incrementAndGet() <= 2 ? "TEMP A" : "TEMP B"));
        SweepRun after = report.runs().stream()
                .filter(run -> run.name().startsWith("reset before \"S: 21.5\""))
                .findFirst()
                .orElseThrow();
        assertThat(after.verdict()).isEqualTo(Verdict.DIVERGED);
        assertThat(after.reason()).isEqualTo("message 1 was C: TEMP B");
    }

    @Test
    void runsOneFaultAlone() {
        SweepReport report = sweep().only(RESET_AT_ACCEPT).run(SweepTest::read);
        assertThat(report.counts().get(Verdict.LEFT_OUT))
                .isEqualTo(report.runs().size() - 1);
        assertThat(run(report, RESET_AT_ACCEPT).verdict()).isEqualTo(Verdict.TOLERATED);
    }

    private static SweepRun run(SweepReport report, String name) {
        return report.runs().stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void leavesRunsOutWhenTheTimeIsOver() {
        SweepReport report = sweep().maxTime(Duration.ofNanos(1)).run(SweepTest::read);
        assertThat(report.counts()).containsOnlyKeys(Verdict.LEFT_OUT);
        assertThat(report.runs().get(0).reason())
                .startsWith("the sweep ends after ")
                .endsWith(" (maxTime)");
        SweepReport three = sweep().max(3).run(SweepTest::read);
        assertThat(three.runs().stream().filter(run -> run.verdict() != Verdict.LEFT_OUT))
                .hasSize(3);
        assertThat(three.runs()).extracting(SweepRun::reason).contains("there are at most 3 runs (max)");
    }

    @Test
    void advisesToDeclareExceptionsWhereNoneIs() {
        SweepReport report = Sweep.of(ServerSpec.parse("tcp:").toBuilder()
                        .script(Script.parse("C: TEMP?\nS: 21.5\n"))
                        .build())
                .only(RESET_AT_ACCEPT)
                .run(SweepTest::read);
        assertThat(run(report, RESET_AT_ACCEPT).reason())
                .startsWith("the test threw java.net.SocketException: ")
                .endsWith("\nNo exception is tolerated. If the client may report a fault with this one, declare it:"
                        + " tolerates of @FaultSweep, or tolerating of Sweep.");
    }

    @Test
    void tellsTheResultOfEachRun() {
        List<SweepRun> results = new ArrayList<>();
        SweepReport report = sweep().onRun(results::add).max(20).run(SweepTest::read);
        assertThat(results).hasSize(20).isSubsetOf(report.runs()).doesNotHaveDuplicates();
        assertThat(results).extracting(SweepRun::verdict).doesNotContain(Verdict.LEFT_OUT);
    }

    @Test
    void failsWithTheMatrixAndEachFailure() {
        SweepReport report = sweep().only(RESET_AT_ACCEPT).run(SweepTest::readAndHide);
        assertThatThrownBy(report::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "The client does not survive 1 of " + report.runs().size() + " faults.\n")
                .hasMessageContaining("""
                        WRONG_EXCEPTION: reset at accept (connection 0)
                          the test threw java.lang.IllegalStateException: no temperature
                        """)
                .hasMessageContaining("-Dsocketharness.sweep.only='reset at accept (connection 0)'");
    }

    @Test
    void acceptsKnownWeaknesses(@TempDir Path directory) throws IOException {
        Path known = directory.resolve("client.faults");
        Files.write(known, List.of("# for now", "", "WRONG_EXCEPTION " + RESET_AT_ACCEPT));
        SweepReport report = sweep().known(known).only(RESET_AT_ACCEPT).run(SweepTest::readAndHide);
        report.verify();
        assertThat(run(report, RESET_AT_ACCEPT).isKnown()).isTrue();

        SweepReport mended = sweep().known(known).only(RESET_AT_ACCEPT).run(SweepTest::read);
        assertThat(mended.outdated()).containsExactly("WRONG_EXCEPTION " + RESET_AT_ACCEPT);
        assertThatThrownBy(mended::verify)
                .hasMessageStartingWith("The file of known weaknesses has lines that no longer apply.\n")
                .hasMessageEndingWith("Remove these lines from " + known + ", because the client survives them now:\n"
                        + "  WRONG_EXCEPTION " + RESET_AT_ACCEPT);
    }

    @Test
    void aWeaknessWithAnotherVerdictIsNotKnown(@TempDir Path directory) throws IOException {
        Path known = directory.resolve("client.faults");
        Files.writeString(known, "HANG " + RESET_AT_ACCEPT);
        SweepReport report = sweep().known(known).only(RESET_AT_ACCEPT).run(SweepTest::readAndHide);
        assertThat(report.failures()).hasSize(1);
    }

    @Test
    void refusesAMalformedLineOfKnownWeaknesses(@TempDir Path directory) throws IOException {
        Path known = directory.resolve("client.faults");
        Files.writeString(known, "\nSURVIVED reset at accept");
        assertThatThrownBy(() -> sweep().known(known))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        known + ", line 2: found \"SURVIVED reset at accept\"; a line is a failing verdict and the name"
                                + " of a fault, such as HANG stall before \"S: 250 hello\" (connection 0)");
    }

    @Test
    void mayLeaveTheThreadInterrupted() {
        SweepReport report = sweep().run(server -> {
            try {
                read(server);
            } finally {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void canBeStopped() throws Exception {
        CountDownLatch faulted = new CountDownLatch(3);
        FutureTask<SweepReport> sweeping = new FutureTask<>(() -> sweep().run(server -> {
            faulted.countDown();
            read(server);
        }));
        Thread thread = new Thread(sweeping);
        thread.start();
        faulted.await();
        thread.interrupt();
        assertThatThrownBy(sweeping::get)
                .hasCauseInstanceOf(CancellationException.class)
                .hasRootCauseMessage("the fault sweep was interrupted");
    }
}

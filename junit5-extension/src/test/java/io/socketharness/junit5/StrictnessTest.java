package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.testing.JdkClient;
import io.socketharness.testing.Reports;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The test fails when the server's side fails, once, and nothing of its own is hidden. */
class StrictnessTest {

    static final List<FakeServer> SEEN = new CopyOnWriteArrayList<>();

    static final List<Socket> OPEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket left : OPEN) {
            left.close();
        }
    }

    @Nested
    class TheTestFails {

        @Test
        void ifTheClientDoesNotMeetTheScript() {
            Run run = Run.of(Faults.class);

            run.counts(0, 4, 0);
            assertThat(run.message("mismatch")).isEqualTo("""
                            tcp://127.0.0.1:PORT [Faults.server], connection 0: step 1 of 2 failed

                              expected  PING
                              received  PONG
                                         ^ byte 1

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: PONG  TIME
                              not reached
                                C: PING                         <- here
                                S: PONG""");
            assertThat(run.message("neverConnected")).isEqualTo("""
                            tcp://127.0.0.1:PORT [Faults.neverConnected]: no client connected within 50 ms. Does the client use tcp://127.0.0.1:PORT? If it need not connect, set optional = true.

                                C: PING
                            """);
            assertThat(run.message("enqueued")).contains("no client connected within 50 ms");
            assertThat(run.failure("broken")).hasRootCauseMessage("the behaviour is broken");
        }

        @Test
        void onceForSeveralServersWithTheFirstInTimeAndTheRestSuppressed() {
            Run run = Run.of(SeveralFaults.class);

            run.counts(0, 1, 0);
            assertThat(run.message("two")).startsWith("tcp://127.0.0.1:PORT [third], connection 0: step 1 of 1 failed");
            Throwable[] suppressed = run.failure("two").getSuppressed();
            assertThat(suppressed).hasSize(1);
            assertThat(Reports.message(suppressed[0]))
                    .startsWith("tcp://127.0.0.1:PORT [first], connection 0: step 1 of 1 failed");
        }

        @Test
        void andItsServersAreStoppedAllTheSame() {
            Run.of(SeveralFaults.class).counts(0, 1, 0);

            assertThat(SEEN).hasSize(3).allMatch(server -> server.recording().isEnded());
        }

        @Test
        void notIfTheScriptIsOptionalOrOfTheWholeClassOrNotStrict() {
            Run.of(Allowed.class, WholeClass.class).passed(4);
        }
    }

    static class Faults {
        @Test
        void mismatch(@SocketServer(script = "C: PING\nS: PONG") FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
        }

        @Test
        @SocketServer(script = "C: PING", timeout = "50ms")
        void neverConnected() {}

        @Test
        void enqueued(@SocketServer(timeout = "50ms") FakeServer server) {
            server.enqueue(io.socketharness.script.Behaviours.expectLine("PING"));
        }

        @Test
        void broken(@SocketServer(behaviour = Broken.class) FakeServer server) {
            JdkClient.tcp(server.address(), "");
        }
    }

    private static final class Broken implements Behaviour {
        @Override
        public void run(Connection connection) {
            throw new IllegalStateException("the behaviour is broken");
        }
    }

    static class SeveralFaults {
        @Test
        @SocketServer(name = "first", script = "C: PING")
        @SocketServer(name = "second", script = "C: PING")
        @SocketServer(name = "third", script = "C: PING")
        void two(
                @FromServer("first") FakeServer first,
                @FromServer("second") FakeServer second,
                @FromServer("third") FakeServer third) {
            SEEN.addAll(List.of(first, second, third));
            JdkClient.tcp(third.address(), "nothing\n");
            JdkClient.tcp(second.address(), "PING\n");
            JdkClient.tcp(first.address(), "nothing\n");
        }
    }

    static class Allowed {
        @Test
        @SocketServer(script = "C: PING", optional = true)
        void optional() {}

        @Test
        @SocketServer(script = "C: PING", strict = false)
        void notStrict(FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
        }

        @Test
        void withoutAScript(@SocketServer FakeServer server) {
            JdkClient.connect(server.address());
        }
    }

    @SocketServer(script = "C: PING")
    static class WholeClass {
        @Test
        void doesNotNeedIt() {}
    }

    @Nested
    class ATestThatFailsByItself {

        @Test
        void keepsItsOwnFailureWithTheServersReportSuppressed() {
            Run run = Run.of(OwnFailure.class);

            run.counts(0, 1, 0);
            assertThat(run.message("both")).isEqualTo("its own failure");
            Throwable[] suppressed = run.failure("both").getSuppressed();
            assertThat(suppressed).hasSize(1);
            assertThat(Reports.message(suppressed[0]))
                    .startsWith("tcp://127.0.0.1:PORT [OwnFailure.server], connection 0: step 1 of 1 failed");
        }

        @Test
        void reportsOutstandingStepsWithoutWaiting() {
            long begin = System.nanoTime();

            Run run = Run.of(FailedEarly.class);

            assertThat(run.message("neverCalled")).isEqualTo("its own failure");
            assertThat(Reports.message(run.failure("neverCalled").getSuppressed()[0]))
                    .isEqualTo("""
                    tcp://127.0.0.1:PORT [FailedEarly.neverCalled]: no client connected before the test failed. Does the client use tcp://127.0.0.1:PORT?

                        C: PING
                        S: PONG
                    """);
            assertThat(run.message("timedOut")).isEqualTo("Read timed out");
            assertThat(Reports.message(run.failure("timedOut").getSuppressed()[0]))
                    .isEqualTo("""
                    tcp://127.0.0.1:PORT [FailedEarly.timedOut], connection 0: step 1 of 2 failed

                      the line "PING" did not arrive before the test failed; 4 bytes arrived, without an end of line

                      dialogue  TIME  opened by 127.0.0.1:PORT
                        C< PING  TIME
                      not reached
                        C: PING                         <- here
                        S: PONG""");
            assertThat(run.failure("aborted").getSuppressed()).isEmpty();
            // The server's timeout is far longer.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }

        @Test
        void reportsTheStateOfAServerWithoutFailures() {
            Run run = Run.of(WaitsForMore.class);

            run.counts(0, 4, 0);
            assertThat(run.message("afterTheLastStep")).isEqualTo("Read timed out");
            assertThat(run.failure("afterTheLastStep").getSuppressed()).hasSize(1);
            assertThat(Reports.message(run.failure("afterTheLastStep").getSuppressed()[0]))
                    .isEqualTo("""
                    tcp://127.0.0.1:PORT [WaitsForMore.server]: no step was outstanding when the test failed; the connections were:

                    connection 0: its script is complete, and the server sends nothing more; the connection stays open after the last step

                      Does the client wait for the rest of an answer, or for @close?

                      dialogue  TIME  opened by 127.0.0.1:PORT
                        C: PING  TIME""");
            assertThat(Reports.message(run.failure("withoutAScript").getSuppressed()[0]))
                    .isEqualTo("""
                    tcp://127.0.0.1:PORT [WaitsForMore.server]: no step was outstanding when the test failed; the connections were:

                    connection 0: the client began TLS, but this server does not speak it

                      received  TLS ClientHello, 3 bytes

                      Does the client use plain text, such as http? If it should use TLS, use the transport tls, or begin TLS with @starttls.

                      dialogue  TIME  opened by 127.0.0.1:PORT
                        C! (TLS ClientHello, 3 bytes)  TIME""");
            assertThat(Reports.message(run.failure("sixConnections").getSuppressed()[0]))
                    .startsWith("tcp://127.0.0.1:PORT [WaitsForMore.server]: no step was outstanding when the test"
                            + " failed; the last 5 of 6 connections were:\n\nconnection 1: its script")
                    .contains("\n\nconnection 5: its script is complete");
            assertThat(run.failure("failureOfAnotherServer").getSuppressed()).hasSize(1);
            assertThat(run.failure("failureOfAnotherServer").getSuppressed()[0])
                    .hasMessageContaining(", connection 0: step 1 of 1 failed")
                    .satisfies(first -> assertThat(first.getSuppressed())
                            .singleElement()
                            .extracting(Throwable::getMessage, as(STRING))
                            .contains("no step was outstanding when the test failed; the connections were:"));
        }
    }

    static class OwnFailure {
        @Test
        void both(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
            fail("its own failure");
        }
    }

    static class WaitsForMore {
        @Test
        void afterTheLastStep(@SocketServer(script = "C: PING") FakeServer server) throws IOException {
            waitInVain(server, "PING\n");
        }

        @Test
        void withoutAScript(@SocketServer FakeServer server) throws IOException {
            waitInVain(server, "\u0016\u0003\u0001");
        }

        @Test
        void sixConnections(@SocketServer(script = "C: PING") FakeServer server) throws IOException {
            for (int i = 0; i < 6; i++) {
                OPEN.add(new Socket(server.host(), server.port()));
                OPEN.get(OPEN.size() - 1).getOutputStream().write("PING\n".getBytes(StandardCharsets.US_ASCII));
                server.recording().awaitExchange(i).awaitReceived("PING");
            }
            fail("its own failure");
        }

        @Test
        void failureOfAnotherServer(
                @SocketServer(script = "C: PING") FakeServer one, @SocketServer(script = "C: PING") FakeServer other) {
            JdkClient.tcp(one.address(), "PING\n");
            JdkClient.tcp(other.address(), "PONG\n");
            fail("its own failure");
        }

        private static void waitInVain(FakeServer server, String text) throws IOException {
            Socket client = new Socket(server.host(), server.port());
            OPEN.add(client);
            client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            server.recording().awaitExchange(0).awaitReceived(text);
            client.setSoTimeout(100);
            client.getInputStream().read();
        }
    }

    static class FailedEarly {
        @Test
        @SocketServer(script = "C: PING\nS: PONG", timeout = "1m")
        void neverCalled() {
            fail("its own failure");
        }

        @Test
        @SocketServer(script = "C: PING\nS: PONG", timeout = "1m")
        void timedOut(FakeServer server) throws IOException {
            Socket client = new Socket(server.host(), server.port());
            OPEN.add(client);
            client.getOutputStream().write("PING".getBytes(StandardCharsets.US_ASCII));
            server.recording().awaitExchange(0).awaitReceived("PING");
            client.setSoTimeout(1);
            client.getInputStream().read();
        }

        @Test
        @SocketServer(script = "C: PING\nS: PONG", timeout = "1m")
        void aborted() {
            abort("not today");
        }
    }

    @Nested
    class AnAbortedTest {

        @Test
        void staysAborted() {
            Run run = Run.of(Aborted.class);

            run.counts(1, 0, 3);
            assertThat(run.failures().keySet()).containsExactlyInAnyOrder("unmet", "unreached", "ofTheClass");
            assertThat(run.message("unmet")).contains("not today");
            assertThat(run.failure("unmet").getSuppressed()).hasSize(1);
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Aborted {
        @SocketServer(scripts = {"C: PING", "C: PING"})
        static FakeServer shared;

        @Test
        @Order(1)
        void unmet(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
            abort("not today");
        }

        @Test
        @Order(2)
        @SocketServer(script = "C: PING")
        void unreached() {
            abort("not today");
        }

        @Test
        @Order(3)
        void ofTheClass() {
            JdkClient.tcp(shared.address(), "PONG\n");
            abort("not today");
        }

        @Test
        @Order(4)
        void isNotBlamedForIt() {}
    }

    @Nested
    class AServerOfAStaticField {

        @Test
        void isVerifiedForFailuresAfterEachTestAndReportsThemOnce() {
            Run run = Run.of(SharedFault.class);

            run.counts(2, 1, 0);
            assertThat(run.failures().keySet()).containsExactly("second");
            assertThat(run.message("second"))
                    .startsWith("tcp://127.0.0.1:PORT [SharedFault.server], connection 1: step 1 of 1 failed");
        }

        @Test
        void isVerifiedForOutstandingStepsAtTheEnd() {
            Run run = Run.of(SharedRest.class);

            run.counts(1, 0, 0);
            assertThat(run.message("SharedRest"))
                    .startsWith("tcp://127.0.0.1:PORT [SharedRest.server]: script 2 of 2 was not used within 50 ms:"
                            + " only one client connected.");
        }

        @Test
        void isNotVerifiedForOutstandingStepsIfATestWasCutShort() {
            Run run = Run.of(SharedCutShort.class);

            run.counts(0, 1, 0);
            assertThat(run.failures().keySet()).containsExactly("fails");
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class SharedFault {
        @SocketServer(script = "C: PING")
        static FakeServer server;

        @Test
        @Order(1)
        void first() {
            JdkClient.tcp(server.address(), "PING\n");
        }

        @Test
        @Order(2)
        void second() {
            JdkClient.tcp(server.address(), "PONG\n");
        }

        @Test
        @Order(3)
        void third() {
            JdkClient.tcp(server.address(), "PING\n");
        }
    }

    static class SharedRest {
        @SocketServer(
                scripts = {"C: PING", "C: PING"},
                timeout = "50ms")
        static FakeServer server;

        @Test
        void first() {
            JdkClient.tcp(server.address(), "PING\n");
        }
    }

    static class SharedCutShort {
        @SocketServer(script = "C: PING")
        static FakeServer server;

        @Test
        void fails() {
            fail("before it used the server");
        }
    }
}

package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviours;
import io.socketharness.spi.FirstCause;
import io.socketharness.testing.Reports;
import io.socketharness.testing.StandardError;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** The failure of a server comes before the exception that the test throws because of it. */
class FirstCauseTest {

    private static final String REPORT = """
            tcp://127.0.0.1:PORT [Broken.server], connection 0: step 1 of 2 failed

              expected  PING
              received  PONG
                         ^ byte 1

              dialogue  TIME  opened by 127.0.0.1:PORT
                C: PONG  TIME
              not reached
                C: PING                         <- here
                S: PONG

            The test threw java.io.EOFException: connection closed
                at io.socketharness.junit5.FirstCauseTest$%s(FirstCauseTest.java:LINE)""";

    @Nested
    class TheServersReportIsTheFailure {

        @Test
        void ofATestThatThrows() {
            Throwable failure = Run.of(Broken.class).failure("reads");

            assertThat(message(failure)).isEqualTo(REPORT.formatted("Broken.reads"));
            assertThat(failure).isExactlyInstanceOf(AssertionError.class);
            assertThat(failure.getCause())
                    .isExactlyInstanceOf(EOFException.class)
                    .hasMessage("connection closed");
            assertThat(failure.getSuppressed()).isEmpty();
        }

        @Test
        void withTheFramesOfTheTestAlone() {
            Throwable failure = Run.of(Broken.class).failure("reads");

            assertThat(failure.getStackTrace())
                    .extracting(frame -> frame.getClassName() + "." + frame.getMethodName())
                    .containsExactly(Broken.class.getName() + ".reads");
        }

        @Test
        void withTheFramesOfATestThatAnInterfaceDeclares() {
            Throwable failure = Run.of(BrokenByInterface.class).failure("reads");

            assertThat(failure.getStackTrace())
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.toString())
                            .startsWith(Reading.class.getName() + ".reads(FirstCauseTest.java:"));
        }

        @Test
        void whereASetUpOrTearDownMethodThrows() {
            assertThat(Run.of(BrokenSetUp.class).message("test")).contains("step 1 of 2 failed", "The test threw");
            assertThat(Run.of(BrokenTearDown.class).message("test")).contains("step 1 of 2 failed", "The test threw");
            assertThat(Run.of(BrokenBeforeAll.class).message("BrokenBeforeAll"))
                    .contains("step 1 of 2 failed", "The test threw");
        }

        @Test
        void ofAStaticServerAndOfARegisteredOne() {
            assertThat(Run.of(BrokenStatic.class).message("reads"))
                    .startsWith("tcp://127.0.0.1:PORT [BrokenStatic.server], connection 0: step");
            assertThat(Run.of(BrokenRegistered.class).message("reads"))
                    .contains("step 1 of 2 failed", "The test threw");
        }

        @Test
        void onceThoughTheServerServesLaterTests() {
            assertThat(Run.of(BrokenShared.class).failures()).containsOnlyKeys("first");
        }

        @Test
        void onceWhereAMethodOfANestedClassThrows() {
            assertThat(Run.of(BrokenAround.class).failures()).containsOnlyKeys("Inner");
        }

        @Test
        void thatFailedFirstOfSeveral() {
            Throwable failure = Run.of(BrokenBoth.class).failure("reads");

            assertThat(message(failure))
                    .startsWith("tcp://127.0.0.1:PORT [BrokenBoth.second], connection 0: step 1 of 2 failed");
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(message(failure.getSuppressed()[0]))
                    .startsWith("tcp://127.0.0.1:PORT [BrokenBoth.first], connection 0: step");
            assertThat(failure.getSuppressed()[0].getStackTrace()).isEmpty();
        }

        @Test
        void whereABehaviourThrew() {
            Throwable failure = Run.of(BrokenBehaviour.class).failure("reads");

            assertThat(message(failure)).startsWith("""
                    tcp://127.0.0.1:PORT [BrokenBehaviour.reads], connection 0: step 1 of 1 failed

                      the behaviour threw java.lang.IllegalStateException: no answer
                        at io.socketharness.junit5.FirstCauseTest$BrokenBehaviour.lambda$reads$0(FirstCauseTest.java:LINE)
                    """);
            assertThat(failure.getCause()).isInstanceOf(IOException.class);
            assertThat(failure.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
        }

        @Test
        void whereNoScriptWasLeft() {
            assertThat(Run.of(OneTooMany.class).message("asksTwice"))
                    .startsWith("tcp://127.0.0.1:PORT [OneTooMany.server], connection 1: the client connected again,"
                            + " but its only script was used; enqueue another script, or should the client reuse its"
                            + " connection?");
        }

        @Test
        void evenIfAnotherExtensionSwallowsIt() {
            Run run = Run.of(Swallowed.class);

            assertThat(run.message("reads")).contains("step 1 of 2 failed", "The test threw");
            assertThat(run.failure("reads").getCause()).isInstanceOf(EOFException.class);
        }
    }

    @Nested
    class TheTestsOwnFailureStaysFirst {

        @Test
        void ifItIsAnAssertion() {
            Run run = Run.of(Assertions.class);

            for (String test : new String[] {"fails", "failsSoftly", "expectsAnother"}) {
                assertThat(run.failure(test)).isInstanceOf(AssertionError.class);
                assertThat(run.failure(test).getMessage()).doesNotContain("step 1 of 2");
                assertThat(run.failure(test).getSuppressed()).as(test).hasSize(1);
                assertThat(run.failure(test).getSuppressed()[0]).hasMessageContaining("step 1 of 2 failed");
            }
        }

        @Test
        void andALineNamesTheCause() {
            String printed = StandardError.during(() -> Run.of(Assertions.class));

            assertThat(Reports.normal(printed).lines())
                    .contains(
                            "socket-harness: tcp://127.0.0.1:PORT [Assertions.server], connection 0: step 1 of 2 failed: expected"
                                    + " PING, received PONG");
        }

        @Test
        void ifAnotherExtensionReplacesTheReport() {
            String printed = StandardError.during(() -> {
                Throwable failure = Run.of(Replaced.class).failure("reads");

                assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("replaced");
                assertThat(failure.getSuppressed()).hasSize(1);
                assertThat(failure.getSuppressed()[0]).hasMessageContaining("The test threw");
            });

            assertThat(Reports.normal(printed).lines())
                    .containsExactly("socket-harness: tcp://127.0.0.1:PORT [Replaced.server], connection 0: step 1 of 2"
                            + " failed: expected PING, received PONG");
        }

        @Test
        void ifItWasAborted() {
            Run run = Run.of(Aborted.class);

            run.counts(0, 0, 1);
        }

        @Test
        void ifTheClientLeft() {
            Throwable failure = Run.of(Left.class).failure("leaves");

            assertThat(failure).isInstanceOf(SocketTimeoutException.class);
            assertThat(failure.getSuppressed()).hasSize(1);
        }

        @Test
        void ifNoServerFailed() {
            assertThat(Run.of(NoFault.class).failure("throwsIo"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("unrelated");
        }

        @Test
        void ifThatIsTurnedOff() {
            Throwable failure =
                    Run.of(Map.of(FirstCause.PROPERTY, "false"), Broken.class).failure("reads");

            assertThat(failure).isExactlyInstanceOf(EOFException.class);
            assertThat(failure.getSuppressed()).hasSize(1);
        }
    }

    @Test
    void aPassedTestWhoseClientHidesItsExceptionFailsWithTheTestAsItsFrame() {
        Throwable failure = Run.of(Caught.class).failure("catches");

        assertThat(message(failure)).contains("step 1 of 2 failed").doesNotContain("The test threw");
        assertThat(failure.getStackTrace())
                .singleElement()
                .hasToString(Caught.class.getName() + ".catches(FirstCauseTest.java)");
    }

    private static String message(Throwable failure) {
        return Reports.message(failure).replaceAll("\\.java:\\d+", ".java:LINE");
    }

    private static final class Client {

        static String ask(FakeServer server) throws IOException {
            try (Socket socket = new Socket(server.host(), server.port())) {
                socket.getOutputStream().write("PONG\r\n".getBytes(StandardCharsets.UTF_8));
                byte[] answer = socket.getInputStream().readAllBytes();
                if (answer.length == 0) {
                    throw new EOFException("connection closed");
                }
                return new String(answer, StandardCharsets.UTF_8);
            }
        }
    }

    static class Broken {
        @SocketServer(script = "C: PING\nS: PONG")
        FakeServer server;

        @Test
        void reads() throws IOException {
            Client.ask(server);
        }
    }

    interface Reading {
        FakeServer server();

        @Test
        default void reads() throws IOException {
            Client.ask(server());
        }
    }

    static class BrokenByInterface implements Reading {
        @SocketServer(script = "C: PING\nS: PONG")
        FakeServer server;

        @Override
        public FakeServer server() {
            return server;
        }
    }

    static class BrokenSetUp {
        @SocketServer(script = "C: PING\nS: PONG")
        FakeServer server;

        @BeforeEach
        void connect() throws IOException {
            Client.ask(server);
        }

        @Test
        void test() {}
    }

    static class BrokenTearDown {
        @SocketServer(script = "C: PING\nS: PONG")
        FakeServer server;

        @AfterEach
        void disconnect() throws IOException {
            Client.ask(server);
        }

        @Test
        void test() {}
    }

    static class BrokenBeforeAll {
        @SocketServer(script = "C: PING\nS: PONG")
        static FakeServer server;

        @BeforeAll
        static void connect() throws IOException {
            Client.ask(server);
        }

        @Test
        void test() {}
    }

    static class BrokenStatic {
        @SocketServer(script = "C: PING\nS: PONG")
        static FakeServer server;

        @Test
        void reads() throws IOException {
            Client.ask(server);
        }
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class BrokenShared {
        @SocketServer(script = "C: PING\nS: PONG")
        static FakeServer server;

        @Test
        void first() throws IOException {
            Client.ask(server);
        }

        @Test
        void second() {}
    }

    static class BrokenAround {
        @SocketServer(script = "C: PING\nS: PONG")
        static FakeServer server;

        @Nested
        @TestInstance(Lifecycle.PER_CLASS)
        class Inner {
            @BeforeAll
            void connect() throws IOException {
                Client.ask(server);
            }

            @Test
            void test() {}
        }
    }

    static class BrokenRegistered {
        @RegisterExtension
        final SocketServerExtension server =
                SocketServerExtension.of("tcp:", Behaviours.expectLine("PING"), Behaviours.sendLine("PONG"));

        @Test
        void reads() throws IOException {
            Client.ask(server.server());
        }
    }

    static class BrokenBoth {
        @SocketServer(script = "C: PING\nS: PONG")
        FakeServer first;

        @SocketServer(script = "C: PING\nS: PONG")
        FakeServer second;

        @Test
        void reads() throws IOException {
            assertThatThrownBy(() -> Client.ask(second)).isInstanceOf(EOFException.class);
            Client.ask(first);
        }
    }

    static class BrokenBehaviour {
        @Test
        @SocketServer
        void reads(FakeServer server) throws IOException {
            server.enqueue(connection -> {
                throw new IllegalStateException("no answer");
            });
            Client.ask(server);
        }
    }

    static class OneTooMany {
        @Test
        void asksTwice(@SocketServer(scripts = "C: PONG\nS: PING\n@close", timeout = "200ms") FakeServer server)
                throws IOException {
            Client.ask(server);
            Client.ask(server);
        }
    }

    @ExtendWith(Swallowing.class)
    static class Swallowed extends Broken {}

    static class Swallowing implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable swallowed) {
            // the test passes
        }
    }

    @ExtendWith(Replacing.class)
    static class Replaced extends Broken {}

    static class Replacing implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable replaced) {
            throw new IllegalStateException("replaced");
        }
    }

    static class Assertions extends Broken {
        @Override
        void reads() {}

        @Test
        void fails() {
            assertThatThrownBy(() -> Client.ask(server)).isInstanceOf(EOFException.class);
            assertEquals("PONG", "");
        }

        @Test
        void failsSoftly() {
            SoftAssertions.assertSoftly(softly -> {
                softly.assertThatThrownBy(() -> Client.ask(server)).isInstanceOf(EOFException.class);
                softly.assertThat("").isEqualTo("PONG");
            });
        }

        @Test
        void expectsAnother() {
            assertThrows(IllegalStateException.class, () -> Client.ask(server));
        }
    }

    static class Aborted extends Broken {
        @Override
        @Test
        void reads() {
            assertThatThrownBy(() -> Client.ask(server)).isInstanceOf(EOFException.class);
            abort("not today");
        }
    }

    static class Left {
        @Test
        void leaves(@SocketServer(script = "C: PING\nS: PONG") FakeServer server) throws IOException {
            try (Socket socket = new Socket(server.host(), server.port())) {
                socket.setSoTimeout(50);
                socket.getInputStream().read();
            }
        }
    }

    static class NoFault {
        @Test
        void throwsIo(@SocketServer(optional = true) FakeServer server) throws IOException {
            throw new IOException("unrelated");
        }
    }

    static class Caught extends Broken {
        @Override
        void reads() {}

        @Test
        void catches() {
            assertThatThrownBy(() -> Client.ask(server)).isInstanceOf(EOFException.class);
        }
    }
}

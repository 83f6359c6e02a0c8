package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.testing.Reports;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test whose client reads in vain ends at its time limit, although the read ignores the interrupt. */
@Timeout(120)
class TimeLimitTest {

    @Test
    void aTestEndsAtItsLimitWithTheReportOfTheServer() {
        Run run = Run.of(OnTheMethod.class);

        run.counts(0, 1, 0);
        Throwable failure = run.failure("hangs");
        assertThat(failure).isInstanceOf(TimeoutException.class);
        Throwable report = suppressedReport(failure);
        assertThat(Reports.message(report)).isEqualTo("""
                        tcp://127.0.0.1:PORT [OnTheMethod.server]: no step was outstanding when the time limit of the test was over; the connections were:

                        connection 0: it is at step 2 of 2, @stall, which sends nothing

                          dialogue  TIME  opened by 127.0.0.1:PORT
                            C: PING  TIME""");
    }

    @Test
    void theOutstandingStepIsReported() {
        Throwable failure = Run.of(Outstanding.class).failure("hangs");

        assertThat(Reports.message(suppressedReport(failure)))
                .contains("the line \"QUIT\" did not arrive before the time limit of the test was over");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                OnTheClass.class,
                OnAnEnclosingClass.class,
                OnSetUp.class,
                OnATemplate.class,
                OverUnix.class,
                OverTls.class
            })
    void theLimitAppliesWhereverItIsSet(Class<?> fixture) {
        assertThat(Run.of(fixture).failures().values()).singleElement().isInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test.method.default", "testable.method.default", "default"})
    void theLimitCanBeAConfigurationParameter(String parameter) {
        Run run = Run.of(Map.of("junit.jupiter.execution.timeout." + parameter, "200 ms"), WithoutALimit.class);

        assertThat(run.failure("hangs")).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aClientThatReconnectsIsRefused() {
        assertThat(Run.of(Reconnects.class).failure("hangs")).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aStaticServerStillServesTheNextTest() {
        Run run = Run.of(Static.class);

        run.counts(1, 1, 0);
        assertThat(run.failure("hangs")).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aTestWithinItsLimitIsNotDisturbed() {
        Run.of(InTime.class).passed(1);
    }

    private static Throwable suppressedReport(Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof AssertionError) {
                return suppressed;
            }
        }
        throw new AssertionError("no report is suppressed", failure);
    }

    private static void read(FakeServer server) throws IOException {
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
            client.getInputStream().read();
        }
    }

    static class OnTheMethod {
        @Test
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs(@SocketServer(script = "C: PING\n@stall") FakeServer server) throws IOException {
            read(server);
        }
    }

    static class Outstanding {
        @Test
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs(@SocketServer(script = "C: PING\nC: QUIT") FakeServer server) throws IOException {
            read(server);
        }
    }

    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    static class OnTheClass {
        @Test
        void hangs(@SocketServer(script = "@stall") FakeServer server) throws IOException {
            read(server);
        }
    }

    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    static class OnAnEnclosingClass {
        @Nested
        class Inner extends WithoutALimit {}
    }

    static class OnSetUp {
        @SocketServer(script = "@stall")
        FakeServer server;

        @BeforeEach
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs() throws IOException {
            read(server);
        }

        @Test
        void test() {}
    }

    static class OnATemplate {
        @ParameterizedTest
        @ValueSource(ints = 1)
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs(int number, @SocketServer(script = "@stall") FakeServer server) throws IOException {
            read(server);
        }
    }

    static class OverUnix {
        @Test
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs(@SocketServer(transport = "unix", script = "@stall") FakeServer server) throws IOException {
            try (var client = java.nio.channels.SocketChannel.open(server.socketAddress())) {
                client.read(java.nio.ByteBuffer.allocate(1));
                throw new IOException("the server closed the connection");
            }
        }
    }

    static class OverTls {
        @Test
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs(@SocketServer(transport = "tls", script = "@stall") FakeServer server) throws IOException {
            try (Socket client =
                    server.tls().clientContext().getSocketFactory().createSocket(server.host(), server.port())) {
                client.getInputStream().read();
            }
        }
    }

    static class WithoutALimit {
        @Test
        void hangs(@SocketServer(script = "@stall") FakeServer server) throws IOException {
            read(server);
        }
    }

    static class Reconnects {
        @Test
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs(@SocketServer(script = "@stall") FakeServer server) throws IOException {
            try {
                read(server);
            } catch (IOException again) {
                read(server);
            }
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Static {
        @SocketServer(optional = true)
        static FakeServer server;

        @Test
        @Order(1)
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs() throws IOException {
            read(server);
        }

        @Test
        @Order(2)
        void connects() throws IOException {
            new Socket(server.host(), server.port()).close();
        }
    }

    static class InTime {
        @BeforeAll
        static void nothing() {}

        @Test
        @Timeout(60)
        void reads(@SocketServer(script = "C: PING\nS: PONG\n@close") FakeServer server) throws IOException {
            read(server);
            assertThat(server.recording().awaitExchange(0).has(Event.Kind.RESET_BY_SERVER))
                    .isFalse();
        }
    }
}

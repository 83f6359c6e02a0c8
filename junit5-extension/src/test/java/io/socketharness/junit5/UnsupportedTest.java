package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.NoUnixSockets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EventType;

/** A machine without Unix sockets is a JVM whose provider of channels has none. */
class UnsupportedTest {

    private static final String NONE = "cannot start unix: the JDK does not support Unix sockets on this system";

    @Test
    void testsAreSkippedWhereThatIsAskedForAndElseFailWithTheReason() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.nio.channels.spi.SelectorProvider=" + NoUnixSockets.class.getName(),
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("> "))
                .toList();

        assertThat(output)
                .containsExactlyElementsOf(Stream.of(
                                "> ForTheClass ABORTED @SocketServer on field [server] of [ForTheClass]: " + NONE,
                                "> Unskipped FAILED @SocketServer on field [server] of [Unskipped]: " + NONE,
                                "> constructor ABORTED @SocketServer on parameter [server] of the constructor of"
                                        + " [InTheConstructor]: " + NONE,
                                "> fails FAILED @SocketServer on parameter [server] of [fails()]: " + NONE,
                                "> method ABORTED @SocketServer on method [method()]: " + NONE,
                                "> parameter ABORTED @SocketServer on parameter [server] of [parameter()]: " + NONE,
                                "> runs SUCCESSFUL ")
                        .filter(line -> JUnit.since(5, 12) || !line.contains("constructor"))
                        .toList());
        assertThat(child.waitFor()).isZero();
    }

    /** Prints what came of each test. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) {
            Map<String, String> results = new TreeMap<>();
            Run.of(
                            OnTests.class,
                            JUnit.since(5, 12) ? InTheConstructor.class : OnTests.class,
                            ForTheClass.class,
                            Unskipped.class)
                    .results()
                    .allEvents()
                    .filter(event -> event.getType() == EventType.FINISHED)
                    .forEach(event -> {
                        TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
                        String message = result.getThrowable()
                                .map(thrown -> String.valueOf(thrown.getMessage()))
                                .orElse("");
                        String name = event.getTestDescriptor()
                                .getLegacyReportingName()
                                .replaceAll("\\(.*|.*[.$]", "");
                        if (event.getTestDescriptor().isTest() || !message.isEmpty()) {
                            results.put(name, "> " + name + " " + result.getStatus() + " " + message);
                        }
                    });
            results.values().forEach(System.out::println);
        }
    }

    static class OnTests {
        @Test
        @SocketServer(transport = "unix", skipIfUnsupported = true)
        void method() {}

        @Test
        void parameter(@SocketServer(transport = "unix", skipIfUnsupported = true) FakeServer server) {}

        @Test
        void fails(@SocketServer(transport = "unix") FakeServer server) {}

        @Test
        void runs(@SocketServer(transport = "tcp", skipIfUnsupported = true) FakeServer server) {}
    }

    static class InTheConstructor {
        InTheConstructor(@SocketServer(transport = "unix", skipIfUnsupported = true) FakeServer server) {}

        @Test
        void constructor() {}
    }

    static class ForTheClass {
        @SocketServer(transport = "unix", skipIfUnsupported = true)
        static FakeServer server;

        @Test
        void isNotRun() {}
    }

    static class Unskipped {
        @SocketServer(transport = "unix")
        static FakeServer server;

        @BeforeAll
        static void isNotRun() {}

        @Test
        void isNotRunEither() {}
    }
}

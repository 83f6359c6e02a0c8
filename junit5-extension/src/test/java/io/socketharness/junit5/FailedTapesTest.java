package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import io.socketharness.testing.StandardError;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that fails writes no tape, wherever it fails, and each test has its own. */
class FailedTapesTest {

    private static final String PORT = "socketharness.test.failing.port";
    private static final String REAL = "tcp://localhost:${" + PORT + "}";

    @TempDir
    Path directory;

    private FakeServer real;

    @BeforeEach
    void startRealServer() {
        real = FakeServer.start("tcp:", Script.parse("@forever\nC~ GET (?<day>.*)\nS: sunny on ${day}\n@end"));
        System.setProperty(PORT, String.valueOf(real.port()));
    }

    @AfterEach
    void stopRealServer() {
        real.close();
        System.clearProperty(PORT);
    }

    private Run run(Class<?> fixture) {
        return Run.of(
                Map.of("socketharness.tape", "auto", "socketharness.tape.directory", directory.toString()), fixture);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static void ask(FakeServer server, String line) throws IOException {
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Dynamic.class,
                DynamicOfClass.class,
                OfConstructor.class,
                OfNestedConstructor.class,
                OfNestedClass.class
            })
    void aFailureAnywhereLeavesNoTape(Class<?> fixture) throws IOException {
        assertThat(run(fixture).failures()).hasSize(1);

        assertThat(files()).isEmpty();
    }

    static class Dynamic {
        @TestFactory
        @SocketServer(forwardTo = REAL, tape = "dynamic.tape")
        Stream<DynamicTest> asks(FakeServer server) {
            return Stream.of(
                    DynamicTest.dynamicTest("passes", () -> ask(server, "GET 1")),
                    DynamicTest.dynamicTest("fails", () -> fail("wrong")));
        }
    }

    static class DynamicOfClass {
        @SocketServer(forwardTo = REAL, tape = "{class}.tape")
        static FakeServer server;

        @TestFactory
        Stream<DynamicNode> asks() {
            return Stream.of(DynamicContainer.dynamicContainer(
                    "inner",
                    Stream.of(
                            DynamicTest.dynamicTest("passes", () -> ask(server, "GET 1")),
                            DynamicTest.dynamicTest("fails", () -> fail("wrong")))));
        }
    }

    static class OfConstructor {
        @SocketServer(forwardTo = REAL, tape = "{class}.tape")
        static FakeServer server;

        static int made;

        OfConstructor() {
            assertThat(++made).as("the second fails").isNotEqualTo(2);
        }

        @Test
        void asks() throws IOException {
            ask(server, "GET 1");
        }

        @Test
        void asksAgain() throws IOException {
            ask(server, "GET 2");
        }
    }

    static class OfNestedConstructor {
        @SocketServer(forwardTo = REAL, tape = "{class}.tape")
        static FakeServer server;

        @Test
        void asks() throws IOException {
            ask(server, "GET 1");
        }

        @Nested
        class Inner {
            Inner() {
                fail("wrong");
            }

            @Test
            void asks() throws IOException {
                ask(server, "GET 2");
            }
        }
    }

    static class OfNestedClass {
        @SocketServer(forwardTo = REAL, tape = "{class}.tape")
        static FakeServer server;

        @Test
        void asks() throws IOException {
            ask(server, "GET 1");
        }

        @Nested
        class Inner {
            @BeforeAll
            static void prepare() {
                fail("wrong");
            }

            @Test
            void asks() throws IOException {
                ask(server, "GET 2");
            }
        }
    }

    @Test
    void aMaskThatDoesNotFinishFailsTheTest() throws IOException {
        assertThat(run(SlowMask.class).message("asks"))
                .startsWith("the tape was not written: mask \"(a|b)*c\" recurses too deeply for ");
        assertThat(files()).isEmpty();
    }

    static class SlowMask {
        @Test
        @SocketServer(forwardTo = REAL, tape = "slow.tape", mask = "(a|b)*c")
        void asks(FakeServer server) throws IOException {
            ask(server, "GET " + "ab".repeat(20_000));
        }
    }

    @Test
    void ifOneOfTwoTapesCannotBeMadeNoneIsWritten() throws IOException {
        assertThat(run(TwoTapes.class).message("asks"))
                .contains("the tape was not written: ", "set a higher recordingLimit");
        assertThat(files()).isEmpty();
    }

    static class TwoTapes {
        @Test
        void asks(
                @SocketServer(forwardTo = REAL, tape = "complete.tape") FakeServer complete,
                @SocketServer(forwardTo = REAL, tape = "limited.tape", recordingLimit = 4) FakeServer limited)
                throws IOException {
            ask(complete, "GET 1");
            ask(limited, "GET 2");
        }
    }

    @Test
    void overloadedMethodsNeedTwoTapes() {
        StandardError.during(() -> assertThat(run(Overloaded.class).failures().values())
                .singleElement()
                .asString()
                .contains("asks.tape is the tape of ", "asks(io.socketharness.FakeServer)", "TestInfo)"));
    }

    static class Overloaded {
        @Test
        @SocketServer(forwardTo = REAL, tape = "{method}.tape")
        void asks(FakeServer server) throws IOException {
            ask(server, "GET 1");
        }

        @Test
        @SocketServer(forwardTo = REAL, tape = "{method}.tape")
        void asks(FakeServer server, TestInfo test) throws IOException {
            ask(server, "GET 2");
        }
    }
}

package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Behaviours of the user's own, and the end of input in them. */
class UserCodeStepTest {

    private static final Behaviour UPPER_CASE = connection -> {
        while (true) {
            connection.sendLine(connection.receiveLine().toUpperCase(Locale.ROOT));
        }
    };

    @Test
    void standsBetweenOtherSteps() throws IOException {
        Behaviour sum = connection -> connection
                .variables()
                .put("sum", connection.receive(1)[0] + connection.receive(1)[0]);
        try (FakeServer server = FakeServer.start("tcp:", expectLine("ADD"), sum, sendLine("sum ${sum}"));
                TestClient client = TestClient.connect(server)) {
            client.send("ADD\n").send((byte) 3, (byte) 4);

            assertThat(client.readLine()).isEqualTo("sum 7\r\n");
            server.verify();
        }
    }

    @Test
    void readsWhatOtherStepsHaveCaptured() throws IOException {
        Behaviour greeting = connection -> connection.sendLine("hello " + connection.variable("name"));
        try (FakeServer server = FakeServer.start("tcp:", expectLineMatching("I am (?<name>.*)"), greeting);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("I am anna\n").readLine()).isEqualTo("hello anna\r\n");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.connection(0).variable("nam"))
                    .withMessage("unknown variable nam; did you mean name?");
        }
    }

    @Test
    void mayLetTheEndThroughBetweenTwoMessages() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", UPPER_CASE)) {
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.send("a\n").readLine()).isEqualTo("A\r\n");
                client.halfClose();
                assertThat(client.readToEnd()).isEmpty();
            }
            server.verify();
        }
    }

    @Test
    void owesNothingWhileItWaitsBetweenTwoMessages() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", UPPER_CASE);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\n").readLine()).isEqualTo("A\r\n");

            server.verify();
        }
    }

    @Test
    void failsIfTheEndComesInTheMiddleOfAMessage() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", UPPER_CASE);
                TestClient client = TestClient.connect(server)) {
            client.send("abc").halfClose();

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              the client closed the connection while the server waited for a line; 3 bytes arrived, without an end of line

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C< abc  TIME
                              TIME  closed by the client
                              not reached
                                @code a lambda of UserCodeStepTest  <- here
                            """);
        }
    }

    @Test
    void failsTheTestWithWhatItThrows() throws IOException {
        IllegalStateException thrown = new IllegalStateException("no such user");
        Behaviour failing = connection -> {
            connection.receiveLine();
            throw thrown;
        };
        try (FakeServer server = FakeServer.start("tcp:", failing, sendLine("never"));
                TestClient client = TestClient.connect(server)) {
            client.send("LOGIN x\n");
            assertThat(client.readToEnd()).isEmpty();

            AssertionError failure = Reports.failure(server);
            assertThat(failure).hasCause(thrown);
            assertThat(Reports.normal(failure).replaceAll("java:\\d+", "java:LINE"))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 2 failed

                              the behaviour threw java.lang.IllegalStateException: no such user
                                at io.socketharness.script.UserCodeStepTest.failsTheTestWithWhatItThrows(UserCodeStepTest.java:LINE)

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: LOGIN x  TIME
                              not reached
                                @code a lambda of UserCodeStepTest  <- here
                                S: never
                            """);
        }
    }

    @Test
    void aFunctionThatThrowsFailsTheTest() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", reply(number -> "" + Integer.parseInt(number)));
                TestClient client = TestClient.connect(server)) {
            client.send("one\n");
            assertThat(client.readToEnd()).isEmpty();

            AssertionError failure = Reports.failure(server);
            assertThat(failure).hasCauseInstanceOf(NumberFormatException.class);
            assertThat(List.of(Objects.requireNonNull(failure.getCause()).getStackTrace()))
                    .last()
                    .extracting(StackTraceElement::getClassName)
                    .isEqualTo(UserCodeStepTest.class.getName());
            assertThat(failure)
                    .hasMessageContaining("the step threw java.lang.NumberFormatException: For input string: \"one\"");
        }
    }

    @Test
    void oneInstanceServesManyAtOnce() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", UPPER_CASE);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            one.send("a");
            assertThat(two.send("b\n").readLine()).isEqualTo("B\r\n");
            assertThat(one.send("c\n").readLine()).isEqualTo("AC\r\n");
            server.verify();
        }
    }
}

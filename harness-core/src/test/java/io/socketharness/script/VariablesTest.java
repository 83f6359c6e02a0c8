package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Bytes;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables of a script whose values Java code computes. */
@Timeout(60)
class VariablesTest {

    /** Counts how often it was called. */
    private static final class Counter implements Function<Connection, Integer> {

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public Integer apply(Connection connection) {
            return calls.incrementAndGet();
        }
    }

    private static Script script(String text, Function<Connection, ?> x) {
        return Script.parse(text, Variables.none().computed("x", x));
    }

    @Nested
    class AreComputed {

        @Test
        void eachTimeThatTheTextRefersToThem() throws IOException {
            try (FakeServer server =
                            FakeServer.start("tcp:", script("S: ${x} ${x}\n@repeat 2\nS< ${x}\n@end", new Counter()));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readLine()).isEqualTo("1 2\r\n");
                assertThat(client.read(2)).isEqualTo("34");
                server.verify();
            }
        }

        @Test
        void onTheConnectionAtHand() throws IOException {
            Function<Connection, String> answer = connection -> connection.variable("name") + connection.index();
            try (FakeServer server = FakeServer.start("tcp:", script("C~ (?<name>.*)\nS: ${x}", answer));
                    TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                assertThat(two.send("b\n").readLine()).isEqualTo("b1\r\n");
                assertThat(one.send("a\n").readLine()).isEqualTo("a0\r\n");
                server.verify();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"C: a${x}", "C< a${x}\\n", "C! \"a\" ${x} 0a", "C~ a${x}"})
        void onceForEachExpectation(String expectation) throws IOException {
            Counter counter = new Counter();
            try (FakeServer server =
                            FakeServer.start("tcp:", script(expectation + "\nS: ok\n" + expectation, counter));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("a1\n").readLine()).isEqualTo("ok\r\n");
                client.send("a2\n");
                server.verify();
                assertThat(counter.calls).hasValue(2);
            }
        }

        @Test
        void onceForAMessageInAFraming() throws IOException {
            try (FakeServer server = FakeServer.start(
                            "tcp:", script("@frame length 1\n@forever\nC< ${x}\nS! ${x}\n@end", new Counter()));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send((byte) 1, (byte) '1').readBytes(2)).isEqualTo(new byte[] {1, '2'});
                assertThat(client.send((byte) 1, (byte) '3').readBytes(2)).isEqualTo(new byte[] {1, '4'});
            }
        }

        @Test
        void forEachMessageThatIsComparedWithACase() throws IOException {
            String text = """
                    @match
                      C: first
                      S: 1
                    @or
                      C: ${x}
                      S: number
                    @otherwise
                      S: other
                    @end
                    """;
            try (FakeServer server = FakeServer.start("tcp:", script(text, new Counter()));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("first\n").readLine()).isEqualTo("1\r\n");
                assertThat(client.send("1\n").readLine()).isEqualTo("number\r\n");
                assertThat(client.send("3\n").readLine()).isEqualTo("other\r\n");
                assertThat(client.send("3\n").readLine()).isEqualTo("number\r\n");
            }
        }

        @Test
        void onceForAnOptionalBlock() throws IOException {
            try (FakeServer server = FakeServer.start(
                            "tcp:", script("@maybe\nC< ${x}\n@end\n@maybe\nC< ${x}\nS: ok\n@end", new Counter()));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("2").readLine()).isEqualTo("ok\r\n");
                server.verify();
            }
        }

        @Test
        void forANumberOfBytes() throws IOException {
            try (FakeServer server = FakeServer.start(
                            "tcp:", script("@repeat 2\n@receive ${x} y\nS: ${y}\n@end", new Counter()));
                    TestClient client = TestClient.connect(server)) {
                client.send("abc");

                assertThat(client.readLine()).isEqualTo("a\r\n");
                assertThat(client.readLine()).isEqualTo("bc\r\n");
                server.verify();
            }
        }

        @Test
        void inABatchAndABroadcast() throws IOException {
            try (FakeServer server = FakeServer.start(
                            "tcp:", script("@batch\nS: ${x}\nS: ${x}\n@end\n@broadcast ${x}", new Counter()));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.read(9)).isEqualTo("1\r\n2\r\n3\r\n");
                server.verify();
            }
        }

        /** A function that waits must not block the thread that receives for all. */
        @ParameterizedTest
        @ValueSource(strings = {"@receive\nS: ${x}", "@receive\nC: ${x}\nS: ok", "@match\nC: ${x}\nS: ok\n@end"})
        void onDatagramsWithoutBlockingOtherConversations(String text) throws IOException {
            CountDownLatch other = new CountDownLatch(1);
            Function<Connection, String> waiting = connection -> {
                await(connection.index() == 0 ? other : new CountDownLatch(0));
                return "ok";
            };
            try (FakeServer server = FakeServer.start("udp:", script(text, waiting));
                    TestClient.Udp one = TestClient.Udp.connect(server);
                    TestClient.Udp two = TestClient.Udp.connect(server)) {
                one.send("ok").send("ok");
                server.recording().awaitExchange(0);
                two.send("ok").send("ok");
                assertThat(two.receive()).isEqualTo("ok");
                other.countDown();

                assertThat(one.receive()).isEqualTo("ok");
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException now) {
            throw new IllegalStateException(now);
        }
    }

    @Nested
    class Values {

        @Test
        void areTextOrNumbers() throws IOException {
            Variables variables = Variables.none()
                    .computed("text", c -> "grün")
                    .computed("chars", c -> CharBuffer.wrap("b"))
                    .computed("int", c -> 42)
                    .computed("decimal", c -> new BigDecimal("21.50"));
            String text = "@charset latin1\nS: ${text} ${chars} ${int} ${decimal}";
            try (FakeServer server = FakeServer.start("tcp:", Script.parse(text, variables));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readBytes(16)).isEqualTo("grün b 42 21.50\r".getBytes(StandardCharsets.ISO_8859_1));
                server.verify();
            }
        }

        @Test
        void orBytesThatAreSentUnchanged() throws IOException {
            Variables variables = Variables.none()
                    .computed("array", c -> new byte[] {0, (byte) 0xff, '\n'})
                    .computed("bytes", c -> Bytes.of((byte) 0xfe))
                    .computed("empty", c -> new byte[0]);
            try (FakeServer server = FakeServer.start(
                            "tcp:", Script.parse("S! ${array} 01 ${bytes}\nS: ${array}${empty}!", variables));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readBytes(5)).isEqualTo(new byte[] {0, (byte) 0xff, '\n', 1, (byte) 0xfe});
                assertThat(client.readBytes(6)).isEqualTo(new byte[] {0, (byte) 0xff, '\n', '!', '\r', '\n'});
                server.verify();
            }
        }

        @Test
        void areComparedAsBytes() throws IOException {
            Function<Connection, byte[]> bytes = connection -> new byte[] {0, (byte) 0xff};
            try (FakeServer server = FakeServer.start("tcp:", script("C! ${x} 01\nC< ${x}\nC: ${x}\nS: ok", bytes));
                    TestClient client = TestClient.connect(server)) {
                client.send((byte) 0, (byte) 0xff, (byte) 1)
                        .send((byte) 0, (byte) 0xff)
                        .send((byte) 0, (byte) 0xff, (byte) '\n');

                assertThat(client.readLine()).isEqualTo("ok\r\n");
                server.verify();
            }
        }

        @Test
        void areLiteralTextInARegularExpression() throws IOException {
            try (FakeServer server = FakeServer.start("tcp:", script("C~ ${x}\\d\nS: ok", connection -> "a.*"));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("a.*1\n").readLine()).isEqualTo("ok\r\n");
                server.verify();
            }
        }

        @Test
        void thatDifferAreShown() throws IOException {
            try (FakeServer server = FakeServer.start("tcp:", script("C: ${x}", connection -> 7));
                    TestClient client = TestClient.connect(server)) {
                client.send("8\n").readToEnd();

                assertThat(Reports.of(server)).isEqualTo("""
                        tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                          expected  7
                          received  8
                                    ^ byte 0

                          dialogue  TIME  opened by 127.0.0.1:PORT
                            C: 8  TIME
                          not reached
                            C: ${x}                         <- here
                        """);
            }
        }

        @Test
        void ofCodeMayBeBytesToo() throws IOException {
            Behaviour code = connection -> connection.variables().put("raw", new byte[] {0, 1});
            try (FakeServer server = FakeServer.start("tcp:", code, sendHex("${raw} 02"));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readBytes(3)).isEqualTo(new byte[] {0, 1, 2});
                server.verify();
            }
        }
    }

    @Nested
    class Failures {

        @Test
        void nameTheVariableAndTheLineOfTheExceptions() throws IOException {
            Function<Connection, String> failing = connection -> {
                throw new IllegalStateException("no clock");
            };
            try (FakeServer server = FakeServer.start("tcp:", script("C: TIME?\nS: ${x}", failing));
                    TestClient client = TestClient.connect(server)) {
                client.send("TIME?\n").readToEnd();

                AssertionError failure = Reports.failure(server);
                assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
                assertThat(List.of(Objects.requireNonNull(failure.getCause()).getStackTrace()))
                        .last()
                        .extracting(StackTraceElement::getClassName)
                        .asString()
                        .startsWith(VariablesTest.class.getName());
                assertThat(Reports.normal(failure).replaceAll("at .*\\((.*)java:\\d+", "at METHOD($1java:LINE"))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT, connection 0: step 2 of 2 failed

                                  the function of ${x} threw java.lang.IllegalStateException: no clock
                                    at METHOD(VariablesTest.java:LINE)

                                  dialogue  TIME  opened by 127.0.0.1:PORT
                                    C: TIME?  TIME
                                  not reached
                                    S: ${x}                         <- here
                                """);
            }
        }

        @Test
        void mayBeFailedAssertions() throws IOException {
            Function<Connection, String> failing = connection -> {
                assertThat(connection.index()).isEqualTo(1);
                return "";
            };
            try (FakeServer server = FakeServer.start("tcp:", script("S: ${x}", failing));
                    TestClient client = TestClient.connect(server)) {
                client.readToEnd();

                assertThat(Reports.of(server))
                        .contains("  the function of ${x} threw org.opentest4j.AssertionFailedError: ");
            }
        }

        @Test
        void mayBeASentenceOfTheFunction() throws IOException {
            Function<Connection, String> failing = connection -> {
                throw new ExpectationFailed("no token was requested before");
            };
            try (FakeServer server = FakeServer.start("tcp:", script("S: ${x}", failing));
                    TestClient client = TestClient.connect(server)) {
                client.readToEnd();

                assertThat(Reports.of(server)).contains("step 1 of 1 failed\n\n  no token was requested before\n\n");
            }
        }

        @Test
        void areNull() throws IOException {
            fails(VariablesTest::none, "null");
        }

        @Test
        void areOtherTypes() throws IOException {
            fails(connection -> List.of("a"), "a java.util.ImmutableCollections$List12");
            fails(connection -> new int[0], "a [I");
        }

        private void fails(Function<Connection, ?> function, String returned) throws IOException {
            for (String text :
                    new String[] {"S: ${x}", "C< ${x}", "S! 00 ${x}", "@receive ${x}", "@batch\nS: ${x}\n@end"}) {
                try (FakeServer server = FakeServer.start("tcp:", script(text, function));
                        TestClient client = TestClient.connect(server)) {
                    assertThat(client.readToEnd()).isEmpty();

                    assertThat(Reports.of(server))
                            .contains(
                                    "step 1 of 1",
                                    "  the function of ${x} returned " + returned
                                            + "; it must return a String, a Number, a byte[] or Bytes\n");
                }
            }
        }

        @Test
        void inABatchNameTheStep() throws IOException {
            try (FakeServer server =
                            FakeServer.start("tcp:", script("@batch\nS: a\nS: ${x}\n@end\nS: b", VariablesTest::none));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readToEnd()).isEmpty();

                assertThat(Reports.of(server)).isEqualTo("""
                        tcp://127.0.0.1:PORT, connection 0: step 1 of 2, in it step 2 of 2 failed

                          the function of ${x} returned null; it must return a String, a Number, a byte[] or Bytes

                          dialogue  TIME  opened by 127.0.0.1:PORT
                          not reached
                            S: ${x}                         <- here
                            S: b
                        """);
            }
        }

        @Test
        void reachAThreadOfTheTest() throws IOException {
            IllegalStateException thrown = new IllegalStateException("no clock");
            Script script = script("S: ${x}", connection -> {
                throw thrown;
            });
            try (FakeServer server = FakeServer.start("tcp:");
                    TestClient client = TestClient.connect(server)) {
                Connection connection = server.accept();

                assertThatThrownBy(() -> script.run(connection))
                        .hasMessage("the function of ${x} threw java.lang.IllegalStateException: no clock")
                        .hasCause(thrown);
                connection.sendLine("still here");
                assertThat(client.readLine()).isEqualTo("still here\r\n");
            }
        }
    }

    @SuppressWarnings("NullAway") // as code without annotations may do
    private static String none(Connection connection) {
        return null;
    }

    @Nested
    class InTheScript {

        @Test
        void computedOnesAreShownByNameAndFixedOnesByValue() {
            Variables variables = Variables.none().with("realm", "test").computed("now", c -> "12:00");
            String text = """
                    S: ${realm} $5 ${now}
                    C< ${now}\\r\\n
                    S! 00 ${now}
                    C! "a" ${now} [2]
                    C~ ${realm} ${now} \\d
                    @receive ${now} data
                    @broadcast ${now}
                    """;

            assertThat(Script.parse(text, variables)).hasToString("""
                    S: test $5 ${now}
                    C< ${now}\\r\\n
                    S! 00 ${now}
                    C! "a" ${now} [2]
                    C~ \\Qtest\\E ${now} \\d
                    @receive ${now} data
                    @broadcast ${now}
                    """);
        }

        @Test
        void equalFunctionsMakeEqualScripts() {
            Function<Connection, ?> now = connection -> "12:00";
            String text = "S: ${now}\nC< a${now}\nS! ${now}\n@receive ${now}";
            Script script = Script.parse(text, Variables.none().computed("now", now));

            assertThat(script)
                    .isEqualTo(Script.parse(text, Variables.none().computed("now", now)))
                    .hasSameHashCodeAs(Script.parse(text, Variables.none().computed("now", now)))
                    .isNotEqualTo(Script.parse(text, Variables.none().computed("now", connection -> "12:00")))
                    .isNotEqualTo(Script.parse(text, Map.of("now", "12")));
        }

        @Test
        void takePrecedenceOverCapturedValues() throws IOException {
            Variables variables =
                    Variables.none().with("fixed", "f").computed("x", c -> "c").computed("port", c -> "p");
            String text = "C~ (?<x>.)(?<fixed>.)\nS: ${x}${fixed}${port}";
            try (FakeServer server = FakeServer.start("tcp:", Script.parse(text, variables));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("12\n").readLine()).isEqualTo("cfp\r\n");
                server.verify();
            }
        }

        @Test
        void mayHaveTheNameOfAVariableThatTheTransportLacks() throws IOException {
            try (FakeServer server = FakeServer.start(
                    "udp:?optional=true",
                    Script.parse("@receive\nS: ${path}", Variables.none().computed("path", c -> "/x")))) {
                server.verify();
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FakeServer.start("udp:", Script.parse("@receive\nS: ${path}")))
                    .withMessageContaining("over udp, ${path} is not available");
        }

        @Test
        void areKnownToTheParser() {
            Variables variables = Variables.none().computed("token", c -> "");

            assertThatThrownBy(() -> Script.parse("S: ${tokn}", variables))
                    .hasMessageStartingWith("script line 1: unknown variable ${tokn}; did you mean ${token}?");
            assertThatThrownBy(() -> Script.parse("@receive ${tokn}", variables))
                    .hasMessageStartingWith("script line 1: unknown variable ${tokn}; did you mean ${token}?");
        }

        @Test
        void mayBeUsedInAResource() throws IOException {
            Script script = Script.resource(
                    VariablesTest.class, "named.script", Variables.none().computed("who", c -> "ann"));
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readToEnd()).isEqualTo("hello ann\r\nfrom a file\n");
            }
        }

        @Test
        void refuseNamesThatTextCannotReferTo() {
            String message = "\"1 a\" is not a variable name; a letter and then letters, digits, '.', '-' and '_' are"
                    + " allowed";

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Variables.none().with("1 a", ""))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Variables.none().computed("1 a", c -> ""))
                    .withMessage(message);
        }

        @Test
        void areImmutable() {
            Variables realm = Variables.none().with("realm", "one");
            Variables more = realm.with("realm", "two").computed("now", c -> "");

            assertThat(Script.parse("S: ${realm}", realm)).hasToString("S: one\n");
            assertThat(Script.parse("S: ${realm}", more)).hasToString("S: two\n");
            assertThat(realm).hasToString("Variables[realm]");
            assertThat(more).hasToString("Variables[realm, now]");
            assertThatThrownBy(() -> Script.parse("S: ${now}", realm)).hasMessageContaining("unknown variable ${now}");
        }
    }
}

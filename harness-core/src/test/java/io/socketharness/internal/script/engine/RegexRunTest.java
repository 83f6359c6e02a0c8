package io.socketharness.internal.script.engine;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions that come to no result, wherever a test may write one. */
@Timeout(60)
class RegexRunTest {

    private static final String DEEP = "ab".repeat(256 << 10);
    private static final String TOO_DEEP = "the regular expression \"(a|b)*\" recurses too deeply for 524288 bytes:"
            + " Java recurses for each repetition of a group with alternatives; write a character class,"
            + " such as [ab]*, or"
            + " a possessive quantifier, such as (?:a|b)*+";

    /** Tries every way to split the text: with the reference, Java remembers none. */
    private static final String ENDLESS = "(a+)+\\1b";

    private static final String LONG = "a".repeat(100_000);

    private static final String TEXT = "a".repeat(60);
    private static final String TOO_LONG =
            "the regular expression \"(a+)+\\1b\" did not finish within 1 s for 60 bytes:"
                    + " nested or repeated quantifiers try every way to split the text; write one quantifier, such"
                    + " as a+ in place of"
                    + " (a+)+, or a possessive one, such as (?:a+)++";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C~ (a|b)*",
                "@maybe\nC~ (a|b)*\n@end",
                "@match\nC~ (a|b)*\n@otherwise\n@leave\n@end",
                "@forever\nC~ (a|b)*\n@end"
            })
    void aStepSaysThatTheRecursionIsTooDeep(String script) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?strict=false", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.send(DEEP + "\n");

            assertThatThrownBy(server::verify)
                    .hasMessageContaining(" failed\n\n  " + TOO_DEEP + "\n\n  dialogue")
                    .hasNoCause();
        }
    }

    @Test
    void itsAdviceWorks() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C~ [ab]*\nC~ (?:a|b)*+"));
                TestClient client = TestClient.connect(server)) {
            client.send(DEEP + "\n" + DEEP + "\n");
            server.verify();
        }
    }

    @Test
    void aStepSaysThatItTakesTooLong() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?strict=false&timeout=500ms", Script.parse("C~ " + ENDLESS));
                TestClient client = TestClient.connect(server)) {
            client.send(TEXT + "\n");

            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.await(e -> e.has(Event.Kind.FAILED), Duration.ofSeconds(30)))
                    .isTrue();
            assertThatThrownBy(server::verify).hasMessageContaining("step 1 of 1 failed\n\n  " + TOO_LONG + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENDLESS, "(a|b)*c"})
    void aMessageGoesToTheNextCaseThoughThePlaceOfTheDifferenceTakesTooLong(String regex) throws IOException {
        Script script = Script.parse("@match\nC~ (?!.*Q$)" + regex + "\n@or\nC~ a*Q\n@leave\n@end");
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send(LONG + "Q\n");
            server.verify();
        }
    }

    @Test
    void aStepShowsNoPlaceThatTakesTooLong() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?strict=false", Script.parse("C~ (?!.*Q$)" + ENDLESS));
                TestClient client = TestClient.connect(server)) {
            client.send(LONG + "Q\n");

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("step 1 of 1 failed\n\n  expected  a match of (?!.*Q$)" + ENDLESS
                            + "\n  received  " + "a".repeat(80) + "… (100001 bytes)\n\n  dialogue");
        }
    }

    @Test
    void aStepMarksThePlaceBehindBytesThatAreNoText() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?strict=false", Script.parse("C~ M.ller \\d+"));
                TestClient client = TestClient.connect(server)) {
            client.send("M\u00fcller x\n".getBytes(StandardCharsets.ISO_8859_1));

            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "\n  received  M\\xfcller x\n            " + " ".repeat(10) + "^ the match ends here\n");
        }
    }

    @Test
    void anAssertionSaysThatTheRecursionIsTooDeep() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h");
                TestClient client = TestClient.connect(server)) {
            client.send(DEEP);
            assertThat(server).connection(0).receivedContaining(DEEP);

            assertThatThrownBy(() -> assertThat(server).connection(0).receivedMatching("(a|b)*"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(server.uri()
                            + ", connection 0: expected to receive text matching (a|b)*, but " + TOO_DEEP
                            + "\n\n  expected  (a|b)*\n  received  abab");
            assertThatThrownBy(() -> assertThat(server).receivedMatching("(a|b)*"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            server.uri() + ": expected to receive text matching (a|b)*, but " + TOO_DEEP);
        }
    }

    @Test
    void anAssertionHoldsForAnotherConnection() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h");
                TestClient first = TestClient.connect(server)) {
            first.send(DEEP);
            assertThat(server).connection(0).receivedContaining(DEEP);
            try (TestClient second = TestClient.connect(server)) {
                second.send("ab");
                assertThat(server).connection(1).received("ab");
                assertThat(server).receivedMatching("(a|b)*");
            }
        }
    }

    @Test
    void anAssertionSaysThatItTakesTooLong() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h");
                TestClient client = TestClient.connect(server)) {
            client.send(TEXT);
            assertThat(server).connection(0).received(TEXT);

            assertThatThrownBy(() -> assertThat(server)
                            .connection(0)
                            .within(Duration.ZERO)
                            .receivedMatching(ENDLESS))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected to receive text matching " + ENDLESS + ", but " + TOO_LONG);
        }
    }

    @Test
    void endsWhenItIsStopped() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch looked = new CountDownLatch(1);
        RegexRun run = new RegexRun(Pattern.compile(ENDLESS), ENDLESS, TEXT, 60, Duration.ofHours(1), () -> {
            looked.countDown();
            return stopped.get();
        });
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                run.matches();
            } catch (ServerClosed closed) {
                ended.countDown();
            }
        });
        thread.start();
        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();

        stopped.set(true);

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }
}

package io.socketharness;

import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.every;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.leave;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.otherwise;
import static io.socketharness.script.Behaviours.reply;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.stall;
import static io.socketharness.script.Behaviours.when;
import static io.socketharness.script.Behaviours.whenIdle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import io.socketharness.testing.Reports;
import io.socketharness.testing.ServerThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds over every transport; a subclass says which. */
@Timeout(60)
abstract class TransportContract {

    /** The transport's URL, such as {@code tcp:}. */
    abstract String url();

    /** The URL with more options. */
    final String url(String options) {
        return url() + (url().contains("?") ? "&" : "?") + options;
    }

    @Test
    void isBoundAndTakesClientsAsSoonAsOneHoldsIt() throws IOException {
        try (FakeServer server = FakeServer.start(url(), echo());
                Client client = Client.of(server)) {
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hello");
        }
    }

    @Test
    void runsAScriptAndRecordsBothSides() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("PING"), sendLine("PONG"));
                Client client = Client.of(server)) {
            client.send("PING");
            assertThat(client.receive()).isEqualTo("PONG");
            server.verify();

            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.receivedText()).startsWith("PING");
            assertThat(exchange.sentText()).startsWith("PONG");
            Set<Event.Kind> kinds = new LinkedHashSet<>();
            exchange.events().forEach(event -> kinds.add(event.kind()));
            kinds.removeAll(Set.of(Event.Kind.TLS_ESTABLISHED, Event.Kind.NETWORK));
            assertThat(kinds).startsWith(Event.Kind.OPENED, Event.Kind.RECEIVED, Event.Kind.SENT);
            assertThat(exchange.events()).extracting(Event::at).isSorted();
        }
    }

    @Test
    void givesEachClientItsOwnPlaceInTheScriptAndItsOwnExchange() throws Exception {
        int clients = 20;
        try (FakeServer server = FakeServer.start(
                url(), expectLineMatching("I am (?<name>.*)"), sendLine("hello ${name}"), expectLine("bye ${name}"))) {
            List<Client> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(Client.of(server));
            }
            for (int i = clients - 1; i >= 0; i--) {
                all.get(i).send("I am " + i);
            }
            for (int i = 0; i < clients; i++) {
                assertThat(all.get(i).receive()).isEqualTo("hello " + i);
                all.get(i).send("bye " + i);
            }
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(clients);
            assertThat(server.connections()).hasSize(clients);
            for (Client client : all) {
                client.close();
            }
        }
    }

    @Test
    void failsTheVerificationWithStepExpectedReceivedAndDialogue() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("PING"), sendLine("PONG"));
                Client client = Client.of(server)) {
            client.send("PUNG");

            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll(
                            server.uri() + ", connection 0: step 1 of 2 failed",
                            "expected  PING",
                            "received  PUNG",
                            "           ^ byte 1",
                            "C: PUNG",
                            "not reached",
                            "C: PING",
                            "<- here",
                            "S: PONG");
        }
    }

    @Test
    void failsForAStepThatTheClientNeverMet() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=1s"), expectLine("one"), expectLine("two"));
                Client client = Client.of(server)) {
            client.send("one");

            String message = server.spec().transport().isDatagrams() ? "datagram" : "line";
            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "connection 0: step 2 of 2 failed",
                            "the " + message + " \"two\" did not arrive within 1 s",
                            "C: two");
        }
    }

    @Test
    void sendsAtAnIntervalBesideOtherSteps() throws IOException {
        Script script = Script.of(
                expectLine("on"),
                every(Duration.ofMillis(10), sendLine("tick")),
                expectLine("off"),
                sendLine("stopped"));
        try (FakeServer server = FakeServer.start(url(), script);
                Client client = Client.of(server)) {
            client.send("on");
            assertThat(client.receive()).isEqualTo("tick");
            assertThat(client.receive()).isEqualTo("tick");
            client.send("off");
            String last = client.receive();
            while (last.equals("tick")) {
                last = client.receive();
            }
            assertThat(last).isEqualTo("stopped");
            server.verify();
        }
    }

    @Test
    void sendsIfAClientIsIdle() throws IOException {
        // the first message is outside: on a busy machine it can take longer than the idle time
        Script script = Script.of(
                expectLine("hello"),
                sendLine("hi"),
                match(
                        when(expectLine("bye"), sendLine("bye"), leave()),
                        whenIdle(Duration.ofMillis(50), sendLine("still there?"))));
        try (FakeServer server = FakeServer.start(url(), script);
                Client client = Client.of(server)) {
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hi");
            assertThat(client.receive()).isEqualTo("still there?");
            assertThat(client.receive()).isEqualTo("still there?");
            client.send("bye");
            String last = client.receive();
            while (last.equals("still there?")) {
                last = client.receive();
            }
            assertThat(last).isEqualTo("bye");
            server.verify();
        }
    }

    @Test
    void failsForAScriptThatNoConnectionRan() {
        try (FakeServer server = FakeServer.start(url("timeout=50ms"), expectLine("PING"))) {
            assertThatThrownBy(server::verify).hasMessage(Reports.nobody(server, "within 50 ms") + "\n\n    C: PING\n");
        }
    }

    @Test
    void allowsAnUnusedScriptWhereItIsOptional() {
        try (FakeServer server = FakeServer.start(url("timeout=1h&optional=true"), expectLine("PING"))) {
            server.verify();
        }
    }

    @Test
    void failsForInputAfterTheLastStep() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("one"));
                Client client = Client.of(server)) {
            client.send("one");
            client.send("two");

            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "connection 0: failed after the last step",
                            "the client sent more than the script expects",
                            "two");
        }
    }

    @Test
    void failsForAnExceptionOfUserCode() throws IOException {
        IllegalStateException thrown = new IllegalStateException("no such mailbox");
        try (FakeServer server = FakeServer.start(url(), c -> {
                    c.receiveLine();
                    throw thrown;
                });
                Client client = Client.of(server)) {
            client.send("x");
            // code that waits for input is not outstanding
            server.recording().awaitReceived("x");

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the behaviour threw java.lang.IllegalStateException: no such mailbox")
                    .hasCause(thrown);
        }
    }

    @Test
    void greenTestsNeverWait() throws IOException {
        String patient = url("timeout=1h");
        try (FakeServer server = FakeServer.start(patient, forever(expectLine("a"), sendLine("b")))) {
            exchange(server, "a", "b");
        }
        try (FakeServer server = FakeServer.start(patient, match(when(expectLine("a"), sendLine("b")), otherwise()))) {
            exchange(server, "a", "b");
        }
        try (FakeServer server = FakeServer.start(patient, echo())) {
            exchange(server, "a", "a");
        }
        try (FakeServer server = FakeServer.start(patient, discard());
                Client client = Client.of(server)) {
            client.send("a");
            server.verify();
        }
        try (FakeServer server = FakeServer.start(patient, stall());
                Client client = Client.of(server)) {
            client.send("a");
            server.verify();
        }
        try (FakeServer server = FakeServer.start(patient, c -> {
            while (true) {
                c.sendLine(c.receiveLine());
            }
        })) {
            exchange(server, "a", "a");
        }
        try (FakeServer server = FakeServer.start(patient);
                Client client = Client.of(server)) {
            client.send("a");
            server.verify();
        }
    }

    private static void exchange(FakeServer server, String message, String answer) throws IOException {
        try (Client client = Client.of(server)) {
            client.send(message);
            assertThat(client.receive()).isEqualTo(answer);
            server.verify();
        }
    }

    @Test
    void theTestThreadCanBeTheScript() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            client.send("time?");
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("time?");
            connection.sendLine("12:00");
            assertThat(client.receive()).isEqualTo("12:00");
            client.send("thanks");
            assertThat(connection.receiveLine()).isEqualTo("thanks");
            server.verify();
        }
    }

    @Test
    void anAcceptedConnectionIsReadFromItsFirstByte() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            client.send("one");
            client.send("two");
            Exchange recorded = server.recording().awaitReceived("two");
            Connection connection = server.accept();
            assertThat(connection.exchange()).isSameAs(recorded);
            assertThat(connection.receiveLine()).isEqualTo("one");
            assertThat(connection.receiveLine()).isEqualTo("two");
        }
    }

    @Test
    void acceptReportsTheAwaitedConnection() {
        try (FakeServer server = FakeServer.start(url("timeout=50ms"))) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(server::accept)
                    .withMessage(server.uri() + ": waited for a client to connect, for 50 ms\n\n" + server.uri()
                            + ": no connection");
        }
    }

    @Test
    void acceptSaysThatItWaitedForAnotherClient() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=300ms"));
                Client client = Client.of(server)) {
            client.send("one");
            server.recording().awaitReceived("one");
            server.accept();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(server::accept)
                    .withMessageStartingWith(
                            server.uri() + ": waited for another client to connect, for 300 ms\n\n" + server.uri());
        }
    }

    @Test
    void aClosedServerTakesNoScript() {
        FakeServer server = FakeServer.start(url());
        server.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> server.enqueue(echo()))
                .withMessage(server.uri() + " is closed and accepts no more connections");
    }

    @Test
    void acceptIsRefusedWhereAScriptServesAll() {
        try (FakeServer server = FakeServer.start(url(), echo())) {
            assertThatThrownBy(server::accept)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(server.uri()
                            + ": its script serves every connection, and accept() would wait forever; start the"
                            + " server without a script");
        }
    }

    @Test
    void aDeadlineLeavesTheConnectionUsable() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            client.send("one");
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("one");
            assertThatThrownBy(() -> connection.within(Duration.ofMillis(20)).receiveLine())
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining(", connection 0: a line did not arrive within ");
            client.send("two");
            assertThat(connection.receiveLine()).isEqualTo("two");
        }
    }

    @Test
    void scriptsServeOneConnectionEachInOrder() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            server.enqueue(expectLine("a"), sendLine("first"));
            server.enqueue(expectLine("a"), sendLine("second"));
            exchangeOf(server, "a", "first");
            exchangeOf(server, "a", "second");
            server.verify();
        }
    }

    @Test
    void aWaitingConnectionGetsTheNextScript() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            client.send("a");
            server.recording().awaitReceived("a");
            server.enqueue(expectLine("a"), sendLine("b"));
            assertThat(client.receive()).isEqualTo("b");
            server.verify();
        }
    }

    @Test
    void enqueuedScriptsComeBeforeTheOneForAll() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("a"), sendLine("always"))) {
            server.enqueue(expectLine("a"), sendLine("once"));
            exchangeOf(server, "a", "once");
            exchangeOf(server, "a", "always");
            exchangeOf(server, "a", "always");
            server.verify();
        }
    }

    @Test
    void aServerAtRestTakesNoTime() throws IOException {
        try (FakeServer server = FakeServer.start(url(), echo());
                Client first = Client.of(server);
                Client second = Client.of(server)) {
            for (Client client : List.of(first, second, first)) {
                client.send("a");
                assertThat(client.receive()).isEqualTo("a");
            }
            Duration before = ServerThreads.cpuTime(server);
            assertThat(server.recording().await(r -> false, Duration.ofMillis(300)))
                    .isFalse();
            assertThat(ServerThreads.cpuTime(server).minus(before)).isLessThan(Duration.ofMillis(60));
        }
    }

    private static void exchangeOf(FakeServer server, String message, String answer) throws IOException {
        try (Client client = Client.of(server)) {
            client.send(message);
            assertThat(client.receive()).isEqualTo(answer);
        }
    }

    @Test
    void failsForAConnectionThatNoScriptIsLeftFor() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            server.enqueue(expectLine("a"), sendLine("b"));
            exchangeOf(server, "a", "b");
            try (Client second = Client.of(server)) {
                second.send("a");
                assertThatThrownBy(server::verify)
                        .hasMessageContaining(
                                ", connection 1: the client connected again, but its only script was used; enqueue"
                                        + " another script, or should the client reuse its connection?");
            }
        }
    }

    @Test
    void reportsSeveralFailuresTogether() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("a"));
                Client first = Client.of(server);
                Client second = Client.of(server)) {
            first.send("b");
            server.recording().awaitReceived("b");
            assertThat(server.recording()
                            .await(r -> r.exchanges().get(0).has(Event.Kind.FAILED), Duration.ofSeconds(5)))
                    .isTrue();
            second.send("c");
            server.recording().awaitReceived("c");
            assertThat(server.recording()
                            .await(r -> r.exchanges().get(1).has(Event.Kind.FAILED), Duration.ofSeconds(5)))
                    .isTrue();

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("received  b")
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .satisfies(other -> assertThat(other).hasMessageContaining("received  c")));
        }
    }

    @Test
    void reportsFailuresSoFarOnceButNoOutstandingSteps() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=1s"), expectLine("a"), expectLine("b"));
                Client first = Client.of(server);
                Client second = Client.of(server)) {
            first.send("x");
            second.send("a");
            server.recording().awaitReceived("a");

            assertThatThrownBy(server::verifyNoFailures)
                    .hasMessageContaining("received  x")
                    .hasNoSuppressedExceptions();
            server.verifyNoFailures();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("step 2 of 2 failed")
                    .hasNoSuppressedExceptions();
        }
    }

    @Test
    void broadcastsToAll() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("hi"), sendLine("hi"));
                Client first = Client.of(server);
                Client second = Client.of(server)) {
            for (Client client : List.of(first, second)) {
                client.send("hi");
                assertThat(client.receive()).isEqualTo("hi");
            }
            server.broadcast("news\n");
            assertThat(first.receive().strip()).isEqualTo("news");
            assertThat(second.receive().strip()).isEqualTo("news");
            server.verify();
        }
    }

    @Test
    void aRecordedExchangeReplaysItself() throws IOException {
        String script;
        try (FakeServer server = FakeServer.start(url(), reply(m -> "you said " + m))) {
            exchange(server, "${x} \\Seen", "you said ${x} \\Seen");
            script = server.recording().exchanges().get(0).toScript();
        }
        try (FakeServer server = FakeServer.start(url(), Script.parse(script))) {
            exchange(server, "${x} \\Seen", "you said ${x} \\Seen");
        }
    }

    @Test
    void keepsCountingBeyondTheRecordingsLimitAndSaysSo() throws IOException {
        try (FakeServer server = FakeServer.start(url("recordingLimit=10"), echo());
                Client client = Client.of(server)) {
            for (String message : List.of("123", "456", "789", "abc")) {
                client.send(message);
                assertThat(client.receive()).isEqualTo(message);
            }
            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.isComplete()).isFalse();
            assertThat(exchange.has(Event.Kind.LIMIT_REACHED)).isTrue();
            assertThat(exchange.receivedText()).startsWith("123").doesNotContain("abc");
            assertThat(exchange.toString()).contains("recording limit of 10 bytes reached: received bytes from ");
            assertThatThrownBy(exchange::toScript)
                    .hasMessage("connection 0 cannot be replayed: the recording's limit was reached and not all of its"
                            + " bytes are"
                            + " kept");
            assertThatThrownBy(() -> exchange.awaitReceived("abc"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("but the recording's limit was reached");
        }
    }

    @Test
    void closesAtOnceUnderABehaviourThatWaits() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        FakeServer server = FakeServer.start(url(), c -> {
            c.sendLine(c.receiveLine());
            try {
                c.receiveLine();
            } catch (Throwable t) {
                thrown.set(t);
                throw t;
            } finally {
                ended.countDown();
            }
        });
        try (Client client = Client.of(server)) {
            client.send("x");
            assertThat(client.receive()).isEqualTo("x");
            server.close();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(thrown.get()).isInstanceOf(ServerClosed.class);
        }
    }

    @Test
    void closingTwiceIsAsGoodAsOnce() {
        FakeServer server = FakeServer.start(url());
        server.close();
        server.close();
        assertThat(server.recording().isEnded()).isTrue();
        assertThatThrownBy(server::accept).hasMessage(server.uri() + " is closed and accepts no more connections");
    }

    @Test
    void aClosedServerWakesThoseWhoWaitForIt() throws Exception {
        FakeServer server = FakeServer.start(url("timeout=1h"));
        FutureTask<Exchange> waiting = new FutureTask<>(() -> server.recording().awaitExchange(0));
        new Thread(waiting).start();
        server.close();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .cause()
                .hasMessage(server.uri() + ": waited for connection 0, but the server was closed\n\n" + server.uri()
                        + ": no connection");
    }
}

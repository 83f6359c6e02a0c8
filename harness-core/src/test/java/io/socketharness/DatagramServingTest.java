package io.socketharness;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.delay;
import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.leave;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.maybe;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.repeat;
import static io.socketharness.script.Behaviours.reply;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.when;
import static io.socketharness.script.Behaviours.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who serves datagrams: the thread that receives them, until a step may wait; and that no source holds up another. */
@Timeout(60)
class DatagramServingTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final String X = "x".repeat(60);

    @Test
    void stepsThatDoNotWaitNeedNoSeparateThread() throws IOException {
        Behaviour[] script = {
            repeat(2, expectLine("a"), send("1")),
            maybe(expectLine("b"), send("2")),
            match(when(expectLine("c"), send("3")), when(expectLine("d"), send("4"), leave())),
            forever(receive("e"), send("${e}!"))
        };
        try (FakeServer server = FakeServer.start("udp:", script);
                Client one = Client.of(server);
                Client other = Client.of(server)) {
            for (Client client : List.of(one, other)) {
                exchange(client, "a", "1", "a", "1", "b", "2", "c", "3", "c", "3", "d", "4", "e", "e!", "f", "f!");
            }
            server.verify();
            assertThat(threads(server)).containsExactly(server.uri() + " listener");
        }
    }

    @Test
    void aWaitingSourceIsServedWithItsEarlierDatagrams() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                Client client = Client.of(server)) {
            client.send("a");
            client.send("b");
            server.recording().awaitReceived("b");
            server.enqueue(expectLine("a"), send("1"), expectLine("b"), send("2"));

            assertThat(client.receive()).isEqualTo("1");
            assertThat(client.receive()).isEqualTo("2");
            server.verify();
            assertThat(threads(server)).containsExactly(server.uri() + " listener");
        }
    }

    @Test
    void manySourcesContinueOnSeparateThreadsDuringTheirScripts() throws IOException {
        int sources = 50;
        try (FakeServer server = FakeServer.start(
                "udp:",
                receive("name"),
                send("hello ${name}"),
                repeat(2, expectLine("wait"), delay(Duration.ofMillis(1)), send("waited, ${name}")),
                expectLine("bye"),
                send("bye ${name}"))) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < sources; i++) {
                clients.add(Client.of(server));
                clients.get(i).send("" + i);
            }
            for (int i = 0; i < sources; i++) {
                assertThat(clients.get(i).receive()).isEqualTo("hello " + i);
                clients.get(i).send("wait");
                clients.get(i).send("wait");
            }
            for (int i = 0; i < sources; i++) {
                exchange(clients.get(i), "bye", "waited, " + i);
                assertThat(clients.get(i).receive()).isEqualTo("waited, " + i);
                assertThat(clients.get(i).receive()).isEqualTo("bye " + i);
                clients.get(i).close();
            }
            server.verify();
        }
    }

    @Test
    void aDelayHoldsUpNoOtherSource() throws IOException {
        holdsUpNoOther(expectLine(X), delay(LONG));
    }

    @Test
    void aLimitedWaitHoldsUpNoOtherSource() throws IOException {
        holdsUpNoOther(expectLine(X), within(LONG), expectLine("y"));
    }

    @Test
    void codeOfTheUsersOwnHoldsUpNoOtherSource() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        holdsUpNoOther(expectLine(X), connection -> {
            entered.countDown();
            never.await();
        });
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFunctionOfTheUsersOwnHoldsUpNoOtherSource() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        holdsUpNoOther(reply(message -> {
            entered.countDown();
            try {
                never.await();
            } catch (InterruptedException closed) {
                // the server is closed
            }
            return message;
        }));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRegularExpressionWithoutEndHoldsUpNoOtherSource() throws IOException {
        holdsUpNoOther(expectLineMatching("(x+x+)+\\1y"));
    }

    @Test
    void aScriptThatSendsWithoutEndHoldsUpNoOtherSource() throws IOException {
        holdsUpNoOther(receive(""), forever(send("more")));
    }

    /** One source meets {@code script}, others echoes, before and after; the server is closed in the middle of it. */
    private static void holdsUpNoOther(Behaviour... script) throws IOException {
        try (FakeServer server = FakeServer.start("udp:?strict=false");
                Client before = Client.of(server);
                Client slow = Client.of(server);
                Client after = Client.of(server)) {
            server.enqueue(echo());
            exchange(before, "a", "a");
            server.enqueue(script);
            slow.send(X);
            server.recording().awaitExchange(1);
            server.enqueue(echo());
            exchange(after, "b", "b", "c", "c");
            exchange(before, "d", "d");
            assertThat(threads(server)).hasSize(2);

            server.close();
            assertThat(threads(server)).isEmpty();
        }
    }

    @Test
    void anExceptionOfAStepFailsOnlyItsSource() throws IOException {
        try (FakeServer server = FakeServer.start("udp:?timeout=20s");
                Client failing = Client.of(server);
                Client client = Client.of(server)) {
            server.enqueue(receive("n"), send("${unknown}"));
            server.enqueue(echo());
            failing.send("x");
            server.recording().awaitExchange(0);
            exchange(client, "a", "a");

            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            server.uri() + ", connection 0: step 2 of 2 failed",
                            "unknown variable ${unknown}; known are address, client.port, host, n, port; a group (?<unknown>...) in"
                                    + " C~, @receive unknown or Variables.computed sets it",
                            "S< ${unknown}");
            exchange(client, "b", "b");
        }
    }

    @Test
    void aTestThreadEndsAConversationThatWaits() throws IOException {
        try (FakeServer server = FakeServer.start("udp:?timeout=20s");
                Client echoed = Client.of(server);
                Client expected = Client.of(server)) {
            server.enqueue(echo());
            server.enqueue(expectLine("a"), send("1"), expectLine("b"));
            exchange(echoed, "x", "x");
            exchange(expected, "a", "1");
            server.connection(0).close();
            server.connection(1).close();

            server.verify();
            assertThat(server.recording().toString()).doesNotContain("failed");
        }
    }

    @Test
    void verificationDrainsEarlierDatagrams() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", discard())) {
            try (Client client = Client.of(server)) {
                for (int sent = 1; sent <= 500; sent++) {
                    client.send("x");
                    server.verify();
                    assertThat(server.recording().exchanges().get(0).receivedDatagrams())
                            .hasSize(sent);
                }
            }
        }
    }

    @Test
    void anInterruptedThreadVerifiesAndLeavesTheServerWhole() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", echo());
                Client client = Client.of(server)) {
            exchange(client, "a", "a");
            Thread.currentThread().interrupt();
            server.connection(0).send("pushed");
            server.verify();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.receive()).isEqualTo("pushed");
            exchange(client, "b", "b");
        }
    }

    @Test
    void reportsStepsOutstandingWhenTheServerIsClosed() throws IOException {
        try (FakeServer server = FakeServer.start("udp:?strict=false", expectLine("a"), send("1"), expectLine("b"));
                Client client = Client.of(server)) {
            exchange(client, "a", "1");
            server.close();
            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "connection 0: step 3 of 3 failed", "the server was closed during this step");
        }
    }

    @Test
    void closesInTheMiddleOfManyConversations() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<Thread> clients = new ArrayList<>();
            try (FakeServer server = FakeServer.start("udp:?strict=false", forever(receive("m"), send("${m}")))) {
                CountDownLatch served = new CountDownLatch(8);
                for (int i = 0; i < 8; i++) {
                    clients.add(new Thread(() -> floodUntilClosed(server, served)));
                    clients.get(i).start();
                }
                assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
                server.close();
                assertThat(threads(server)).isEmpty();
            }
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    /** A flood makes the system drop datagrams, so that it begins when all have been served. */
    private static void floodUntilClosed(FakeServer server, CountDownLatch served) {
        try (Client client = Client.of(server)) {
            exchange(client, "a", "a");
            served.countDown();
            assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
            while (server.toString().contains("listening")) {
                client.send("b");
            }
        } catch (IOException | InterruptedException closed) {
            // as it is to be
        }
    }

    @Test
    void anEndedConversationGetsNoThreadAndNoAnswer() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                Client ended = Client.of(server);
                Client client = Client.of(server)) {
            server.enqueue(expectLine("bye"), send("bye"), close());
            server.enqueue(echo());
            exchange(ended, "bye", "bye");
            ended.send("more");
            exchange(client, "a", "a");
            server.verify();
            assertThat(threads(server)).hasSize(1);
        }
    }

    private static void exchange(Client client, String... messages) throws IOException {
        for (int i = 0; i < messages.length; i += 2) {
            client.send(messages[i]);
            assertThat(client.receive()).isEqualTo(messages[i + 1]);
        }
    }

    private static List<String> threads(FakeServer server) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(server.uri().toString()))
                .toList();
    }
}

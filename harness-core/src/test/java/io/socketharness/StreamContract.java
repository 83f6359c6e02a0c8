package io.socketharness;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.halfClose;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.stall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.script.Connection;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.ServerClosed;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every stream in clear has and datagrams have not: ends, a client that holds up the server, and the reverse. */
@Timeout(60)
abstract class StreamContract {

    /** The transport's URL, such as {@code tcp:}. */
    abstract String url();

    /** The URL with more options. */
    final String url(String options) {
        return url() + (url().contains("?") ? "&" : "?") + options;
    }

    private static Client.Stream connect(FakeServer server) {
        return (Client.Stream) Client.of(server);
    }

    @Test
    void aHalfClosedClientIsStillAnswered() throws IOException {
        try (FakeServer server = FakeServer.start(url(), c -> {
                    byte[] all = c.receiveToEnd();
                    c.sendLine("got " + all.length);
                });
                Client.Stream client = connect(server)) {
            client.raw("12345");
            client.socket().shutdownOutput();
            assertThat(client.receive()).isEqualTo("got 5");
            assertThat(client.receive()).startsWith("end");
            server.verify();
        }
    }

    @Test
    void aHalfClosedServerStillReads() throws IOException {
        try (FakeServer server = FakeServer.start(url(), sendLine("all I say"), halfClose(), expectLine("noted"));
                Client.Stream client = connect(server)) {
            assertThat(client.receive()).isEqualTo("all I say");
            assertThat(client.receive()).startsWith("end");
            client.send("noted");
            server.verify();
            assertThat(server.recording().exchanges().get(0).has(Event.Kind.HALF_CLOSED_BY_SERVER))
                    .isTrue();
        }
    }

    @Test
    void aConnectionThatNoScriptIsLeftForIsClosedAfterTheTimeout() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=1s"))) {
            server.enqueue(expectLine("a"), sendLine("b"));
            try (Client.Stream first = connect(server);
                    Client.Stream probe = connect(server)) {
                first.send("a");
                assertThat(first.receive()).isEqualTo("b");
                probe.socket().shutdownOutput();
                Client.Stream second = connect(server);
                assertThat(probe.receive()).isEqualTo("end after \"\"");
                assertThat(second.receive()).isEqualTo("end after \"\"");
                assertThatThrownBy(server::verify)
                        .hasMessageContaining(
                                ", connection 2: the client connected again, but its only script was used; enqueue"
                                        + " another script, or should the client reuse its connection?")
                        .hasNoSuppressedExceptions();
            }
        }
    }

    @Test
    void connectionsThatCameBeforeTheFirstScriptWaitForTheTimeoutFromThenOn() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=200ms"));
                Client.Stream first = connect(server);
                Client.Stream second = connect(server)) {
            second.send("a");
            server.recording().awaitExchange(1).awaitReceived("a");
            assertThat(server.recording().await(r -> false, Duration.ofMillis(300)))
                    .isFalse();
            server.enqueue(sendLine("b"));
            assertThat(first.receive()).isEqualTo("b");
            assertThat(second.receive()).isEqualTo("end after \"\"");
        }
    }

    @Test
    void theEndOfTheServerWakesWhoStillWaitsOnAClosedConnection() throws IOException {
        AtomicReference<RuntimeException> ended = new AtomicReference<>();
        try (FakeServer server = FakeServer.start(url(), c -> {
                    c.close();
                    try {
                        c.pause(Duration.ofMinutes(1));
                    } catch (RuntimeException end) {
                        ended.set(end);
                        throw end;
                    }
                });
                Client.Stream client = connect(server)) {
            assertThat(client.receive()).isEqualTo("end after \"\"");
            server.recording().exchanges().get(0).awaitEnd();
            server.close();
            assertThat(ended.get()).isInstanceOf(ServerClosed.class);
        }
    }

    @Test
    void aScriptIsRunOnAConnectionThatWasClosedWhileItWaited() throws Exception {
        try (FakeServer server = FakeServer.start(url());
                Client.Stream client = connect(server)) {
            server.connection(0).close();
            assertThat(client.receive()).isEqualTo("end after \"\"");
            CountDownLatch run = new CountDownLatch(1);
            server.enqueue(c -> run.countDown());
            assertThat(run.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anInterruptEndsASendThatWaits() throws Exception {
        try (FakeServer server = FakeServer.start(url());
                Client.Stream client = connect(server)) {
            Connection connection = server.accept();
            FutureTask<Void> sending = new FutureTask<>(() -> connection.send(new byte[50_000_000]), null);
            Thread thread = new Thread(sending);
            thread.start();
            assertThat(client.socket().getInputStream().read()).isZero();
            thread.interrupt();
            assertThatThrownBy(() -> sending.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aConnectionWaitsForAccept() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=100ms"));
                Client.Stream client = connect(server)) {
            assertThat(server.recording()
                            .await(
                                    r -> r.exchanges().stream().anyMatch(e -> e.has(Event.Kind.FAILED)),
                                    Duration.ofMillis(300)))
                    .isFalse();
            server.accept().sendLine("hello");
            assertThat(client.receive()).isEqualTo("hello");
            server.verify();
        }
    }

    @Test
    void aCloseLosesNothingThatWasSentEvenIfInputIsUnread() throws IOException {
        String line = "x".repeat(20_000);
        try (FakeServer server = FakeServer.start(url(), expectLine("go"), sendLine(line), close())) {
            for (int i = 0; i < 10; i++) {
                try (Client.Stream client = connect(server)) {
                    client.raw("go\n" + "unread".repeat(1000));
                    assertThat(client.receive()).isEqualTo(line);
                    assertThat(client.receive()).startsWith("end");
                }
            }
            server.verify();
        }
    }

    @Test
    void aFailureEndsTheConnectionSoThatTheClientFailsSoon() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("PING"), sendLine("PONG"));
                Client.Stream client = connect(server)) {
            client.send("PUNG");
            assertThat(client.receive()).startsWith("end");
        }
    }

    @Test
    void refusesAndListensAgainAtTheSameAddress() throws IOException {
        try (FakeServer server = FakeServer.start(url(), echo());
                Client.Stream before = connect(server)) {
            before.send("a");
            assertThat(before.receive()).isEqualTo("a");
            SocketAddress address = server.socketAddress();
            for (int i = 0; i < 20; i++) {
                server.refuse();
                assertThat(server).hasToString("FakeServer{" + server.uri() + ", refusing}");
                assertThatThrownBy(() -> connect(server)).hasMessageContaining("Connection refused");
                server.listen();
                try (Client.Stream client = connect(server)) {
                    client.send("b");
                    assertThat(client.receive()).isEqualTo("b");
                }
            }
            before.send("still here");
            assertThat(before.receive()).isEqualTo("still here");
            assertThat(server.socketAddress()).isEqualTo(address);
            server.refuse();
            server.refuse();
        }
    }

    @Test
    void goesDownAndComesBackAtTheSameAddress() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            server.enqueue(expectLine("one"), sendLine("1"), expectLine("outstanding when it goes down"));
            server.enqueue(expectLine("two"), sendLine("2"));
            SocketAddress address = server.socketAddress();
            try (Client.Stream client = connect(server)) {
                client.send("one");
                assertThat(client.receive()).isEqualTo("1");

                server.goDown();

                if (server.spec().transport() == Transport.UNIX) {
                    assertThat(client.receive()).isEqualTo("end after \"\"");
                } else {
                    assertThatThrownBy(client::receive)
                            .isInstanceOf(SocketException.class)
                            .hasMessageContaining("reset");
                }
            }
            assertThat(server).hasToString("FakeServer{" + server.uri() + ", refusing}");
            assertThatThrownBy(() -> connect(server)).hasMessageContaining("Connection refused");
            assertThatThrownBy(() -> server.connection(5)).hasMessageContaining("Call listen()");

            server.listen();

            assertThat(server.socketAddress()).isEqualTo(address);
            try (Client.Stream client = connect(server)) {
                client.send("two");
                assertThat(client.receive()).isEqualTo("2");
                server.verify();
            }
        }
    }

    @Test
    void acceptNamesTheStateThatItWaitsIn() {
        try (FakeServer server = FakeServer.start(url("timeout=50ms"))) {
            server.refuse();
            assertThatThrownBy(server::accept)
                    .hasMessageContaining("waited for a client to connect (the server is refusing: call listen() before"
                            + " the client connects), for 50 ms");
        }
    }

    /** A connection without a script that ended with the server must not get the script of a later one. */
    @Test
    void aServerThatComesBackServesNewConnectionsOnly() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            try (Client.Stream before = connect(server)) {
                before.send("HELLO");
                server.recording().awaitReceived("HELLO");
                server.goDown();
                server.listen();
                server.enqueue(expectLine("HELLO"), sendLine("hi"));
                try (Client.Stream client = connect(server)) {
                    client.send("HELLO");
                    assertThat(client.receive()).isEqualTo("hi");
                    server.verify();
                }
            }
        }
    }

    @Test
    void codeThatWaitsForTimeIsNotOutstandingAfterTheServerWentDown() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=1s"), c -> {
                    c.receiveLine();
                    c.pause(Duration.ofHours(1));
                });
                Client.Stream client = connect(server)) {
            client.send("a");
            server.recording().awaitReceived("a");
            server.goDown();
            server.verify();
        }
    }

    /** Each of them waits for a client that does not close: together they must not. */
    @Test
    void goingDownDoesNotWaitForClients() throws IOException {
        try (FakeServer server = FakeServer.start(url(), echo())) {
            List<Client.Stream> clients = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                clients.add(connect(server));
            }
            server.recording().awaitExchange(59);
            long begin = System.nanoTime();
            server.goDown();
            // one after another they would take 12 s
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
            for (Client.Stream client : clients) {
                client.close();
            }
        }
    }

    /** A connection that no script serves yet, and one whose script has ended. */
    @Test
    void goingDownEndsConnectionsInEveryState() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client.Stream waiting = connect(server);
                Client.Stream held = connect(server);
                Client.Stream served = connect(server)) {
            server.recording().awaitExchange(2);
            server.enqueue(sendLine("done"));
            assertThat(waiting.receive()).isEqualTo("done");
            Connection connection = server.accept();
            connection.sendLine("held");
            assertThat(held.receive()).isEqualTo("held");

            server.goDown();

            for (Client.Stream client : List.of(waiting, held, served)) {
                try {
                    assertThat(client.receive()).startsWith("end");
                } catch (SocketException reset) {
                    assertThat(reset).hasMessageContaining("reset");
                }
            }
            server.goDown();
        }
    }

    @Test
    void aClientThatNeverReadsHoldsUpASendUntilItsLimit() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client.Stream client = connect(server)) {
            client.send("x");
            Connection connection = server.accept().within(Duration.ofMillis(100));
            assertThatThrownBy(() -> connection.send(new byte[64 << 20]))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageMatching(
                            "(the client did not read|the network conditions let too little pass) in time; [0-9]+ bytes were not sent");
        }
    }

    @Test
    void aServerThatDoesNotReadHoldsUpItsClient() throws Exception {
        try (FakeServer server = FakeServer.start(url(), stall());
                Client.Stream client = connect(server)) {
            Thread flood = new Thread(() -> {
                try {
                    client.socket().getOutputStream().write(new byte[64 << 20]);
                } catch (IOException closed) {
                    // the test is over
                }
            });
            flood.start();
            assertThat(server.recording()
                            .await(
                                    r -> !r.exchanges().isEmpty()
                                            && r.exchanges().get(0).received().size() >= 1 << 20,
                                    Duration.ofSeconds(20)))
                    .isTrue();
            server.verify();
            assertThat(server.recording().exchanges().get(0).received().size()).isLessThan(2 << 20);
            server.close();
            flood.join(10_000);
            assertThat(flood.isAlive()).isFalse();
        }
    }

    @Test
    void aProbeGivesItsScriptBack() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            server.enqueue(expectLine("PING"), sendLine("PONG"));
            connect(server).close();
            server.recording().awaitExchange(0).awaitEnd();
            try (Client.Stream client = connect(server)) {
                client.send("PING");
                assertThat(client.receive()).isEqualTo("PONG");
                server.verify();
            }
        }
    }

    @Test
    void aProbeAloneRunsNoScript() throws IOException {
        try (FakeServer server = FakeServer.start(url("timeout=500ms"))) {
            server.enqueue(expectLine("PING"));
            connect(server).close();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "the script was not used within 500 ms: one client connected and left without a byte."
                                    + " If it need"
                                    + " not run, set optional = true.");
        }
        try (FakeServer server = FakeServer.start(url(), expectLine("PING"))) {
            connect(server).close();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "the client closed the connection while the server waited for the line \"PING\"");
        }
    }

    @Test
    void aClientMayLeaveBeforeTheFarewell() throws IOException {
        try (FakeServer server =
                FakeServer.start(url(), expectLine("QUIT"), sendLine("221 bye"), forever(sendLine("still talking")))) {
            for (int i = 0; i < 20; i++) {
                Client.Stream client = connect(server);
                client.send("QUIT");
                client.reset();
            }
            server.verify();
        }
    }

    @Test
    void inputAfterTheServersCloseIsNotAFailure() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("QUIT"), close());
                Client.Stream client = connect(server)) {
            client.send("QUIT");
            assertThat(client.receive()).startsWith("end");
            client.send("too late");
            server.verify();
        }
    }

    @Test
    void waitsForUnreadBytesOfAFinishedClient() throws IOException {
        for (int i = 0; i < 200; i++) {
            try (FakeServer server = FakeServer.start(url(), expectLine("a"));
                    Client.Stream client = connect(server)) {
                client.raw("a\nb\n");
                assertThatThrownBy(server::verify).hasMessageContaining("received  b");
            }
        }
    }

    @Test
    void verifiesWhatADiscardingServerSees() throws IOException {
        try (FakeServer server = FakeServer.start(url(), discard());
                Client.Stream client = connect(server)) {
            client.raw("x".repeat(100_000));
            client.close();
            server.verify();
            assertThat(server.recording()
                            .exchanges()
                            .get(0)
                            .awaitEnd()
                            .received()
                            .size())
                    .isEqualTo(100_000);
        }
    }

    @Test
    void anInterruptEndsTheTestsWait() throws Exception {
        try (FakeServer server = FakeServer.start(url("timeout=1h"));
                Client.Stream client = connect(server)) {
            client.raw("x");
            Connection connection = server.accept();
            FutureTask<String> receiving = new FutureTask<>(connection::receiveLine);
            Thread thread = new Thread(receiving);
            thread.start();
            thread.interrupt();
            assertThatThrownBy(() -> receiving.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aVerificationAfterCloseReportsUnseenFailures() throws IOException {
        FakeServer server = FakeServer.start(url(), expectLine("a"), expectLine("b"));
        try (Client.Stream client = connect(server)) {
            client.send("a");
            server.recording().awaitReceived("a");
            server.close();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the server was closed during this step")
                    .hasMessageContaining("C: b");
        }
    }
}

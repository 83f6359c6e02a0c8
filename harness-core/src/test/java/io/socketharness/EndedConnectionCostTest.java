package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection whose client has ended costs its recording alone, and can still be claimed. */
@Timeout(120)
class EndedConnectionCostTest {

    private static final int CLIENTS = 50;
    /** Of another test, or just being closed. */
    private static final int SOME = 10;

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    @EnabledOnOs(OS.LINUX)
    void costsNoThreadAndAfterTheTimeoutNoDescriptor(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=200ms")) {
            connect(server).close();
            server.recording().awaitExchange(0).awaitEnd();
            awaitRelease(server, 1);
            int before = descriptors();
            for (int i = 0; i < CLIENTS; i++) {
                Client.Stream client = connect(server);
                client.send("hello");
                client.close();
            }
            awaitRelease(server, CLIENTS + 1);
            assertThat(connectionThreads(server)).isEmpty();
            assertThat(descriptors()).isLessThan(before + SOME);
        }
    }

    private static void awaitRelease(FakeServer server, int connections) {
        assertThat(server.recording()
                        .await(
                                r -> r.exchanges().size() == connections
                                        && ServerAccess.running(server).runtime().connections().stream()
                                                .noneMatch(ServerConnection::isOpen),
                                Duration.ofSeconds(30)))
                .isTrue();
        awaitEnd(connectionThreads(server));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void costsNothingAtOnceAfterARst() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h")) {
            Client.Stream warming = connect(server);
            server.recording().awaitExchange(0);
            warming.reset();
            server.recording().exchanges().get(0).awaitEnd();
            awaitEnd(connectionThreads(server));
            int before = descriptors();
            for (int i = 1; i <= CLIENTS; i++) {
                Client.Stream client = connect(server);
                server.recording().awaitExchange(i);
                client.reset();
                server.recording().exchanges().get(i).awaitEnd();
            }
            awaitEnd(connectionThreads(server));
            assertThat(descriptors()).isLessThan(before + SOME);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    @EnabledOnOs(OS.LINUX)
    void costsNothingWhereItsScriptIsDone(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=1h", expectLine("a"), sendLine("b"))) {
            exchange(server);
            awaitEnd(connectionThreads(server));
            int before = descriptors();
            for (int i = 0; i < CLIENTS; i++) {
                exchange(server);
            }
            awaitEnd(connectionThreads(server));
            assertThat(descriptors()).isLessThan(before + SOME);
            server.verify();
        }
    }

    private static void exchange(FakeServer server) throws IOException {
        try (Client.Stream client = connect(server)) {
            client.send("a");
            assertThat(client.receive()).isEqualTo("b");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void isAnsweredByTheTestIfItIsHalfClosed(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url);
                Client.Stream client = connect(server)) {
            halfCloseAndAwaitItsThread(server, client);
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("question");
            assertThat(connection.atEnd()).isTrue();
            // more than the system holds, so that the send has to wait
            byte[] answer = new byte[8 << 20];
            FutureTask<Void> sending = new FutureTask<>(() -> connection.send(answer), null);
            new Thread(sending).start();
            assertThat(client.socket().getInputStream().readNBytes(answer.length))
                    .isEqualTo(answer);
            assertThat(sending.get()).isNull();
            connection.close();
            assertThat(client.receive()).startsWith("end");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void isAnsweredByALaterScriptIfItIsHalfClosed(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url);
                Client.Stream client = connect(server)) {
            halfCloseAndAwaitItsThread(server, client);
            server.enqueue(expectLine("question"), sendLine("answer"));
            assertThat(client.receive()).isEqualTo("answer");
            server.verify();
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void isAnsweredByTheTestThatHasHeldItBefore(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=20s");
                Client.Stream client = connect(server)) {
            Connection connection = server.accept();
            halfCloseAndAwaitItsThread(server, client);
            assertThat(connection.receiveLine()).isEqualTo("question");
            connection.sendLine("answer");
            assertThat(client.receive()).isEqualTo("answer");
            connection.close();
        }
    }

    private static void halfCloseAndAwaitItsThread(FakeServer server, Client.Stream client) throws IOException {
        client.send("question");
        client.socket().shutdownOutput();
        server.recording().awaitExchange(0).awaitEnd();
        awaitEnd(connectionThreads(server));
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void isKeptForTheTimeoutAndFoundInTheRecordingThen(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=500ms");
                Client.Stream client = connect(server)) {
            halfCloseAndAwaitItsThread(server, client);
            assertThat(client.receive()).startsWith("end");
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("question");
            assertThatThrownBy(() -> connection.sendLine("too late"))
                    .isInstanceOf(ClientGone.class)
                    .hasMessage("10 bytes could not be sent: the client has gone");
            server.verify();
        }
    }

    @Test
    void isFoundInTheRecordingAfterARst() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            Client.Stream client = connect(server);
            client.send("question");
            server.recording().awaitExchange(0).awaitReceived("question");
            client.reset();
            server.recording().exchanges().get(0).awaitEnd();
            awaitEnd(connectionThreads(server));
            server.enqueue(expectLine("question"), sendLine("answer"));
            server.verify();
            Client.Stream other = connect(server);
            other.send("question");
            server.recording().awaitExchange(1).awaitReceived("question");
            other.reset();
            server.recording().exchanges().get(1).awaitEnd();
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("question");
            assertThatThrownBy(() -> connection.sendLine("answer"))
                    .isInstanceOf(ClientGone.class)
                    .hasMessageStartingWith("8 bytes could not be sent: the client has gone");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void failsWhereNoScriptIsLeftForWhatItHasSent(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=500ms")) {
            Client.Stream first = connect(server);
            first.send("a");
            first.close();
            Client.Stream second = connect(server);
            second.send("b");
            second.close();
            server.recording().awaitExchange(1).awaitEnd();
            server.enqueue(expectLine("a"));
            assertThat(server.recording()
                            .await(r -> r.exchanges().get(1).has(Event.Kind.FAILED), Duration.ofSeconds(30)))
                    .isTrue();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(", connection 1: the client connected again, but its only script was used");
        }
    }

    private static Client.Stream connect(FakeServer server) {
        return (Client.Stream) Client.of(server);
    }

    private static void awaitEnd(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join(30_000);
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static List<Thread> connectionThreads(FakeServer server) {
        String name = server.recording().title() + " connection ";
        return new ArrayList<>(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .toList());
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}

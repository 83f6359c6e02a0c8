package io.socketharness.forward;

import static io.socketharness.script.Behaviours.closeNow;
import static io.socketharness.script.Behaviours.expect;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forwardTo;
import static io.socketharness.script.Behaviours.frame;
import static io.socketharness.script.Behaviours.halfClose;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.otherwise;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.stall;
import static io.socketharness.script.Behaviours.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.Framing;
import io.socketharness.testing.ServerThreads;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are forwarded to a real server, from and to each kind of stream. */
@Timeout(60)
class ForwardStreamTest {

    static Stream<Arguments> pairs() {
        return Stream.of("tcp:", "tlsv1.2:", "tlsv1.3:", "unix:")
                .flatMap(front ->
                        Stream.of("tcp:", "tlsv1.2:", "tlsv1.3:", "unix:").map(behind -> Arguments.of(front, behind)));
    }

    /** Without TLS 1.2, where a close_notify ends both directions (RFC 5246, section 7.2.1). */
    static Stream<Arguments> pairsWithHalfClose() {
        return Stream.of("tcp:", "tlsv1.3:", "unix:")
                .flatMap(front -> Stream.of("tcp:", "tlsv1.3:", "unix:").map(behind -> Arguments.of(front, behind)));
    }

    private static String address(FakeServer real) {
        return real.uri().toString();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void passesADialogue(String front, String behind) throws IOException {
        try (FakeServer real = FakeServer.start(
                        behind,
                        sendLine("hello"),
                        expectLine("PING"),
                        sendLine("PONG"),
                        expectLine("QUIT"),
                        halfClose());
                FakeServer server = FakeServer.start(front, forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine().strip()).isEqualTo("hello");
            assertThat(client.send("PING\r\n").readLine().strip()).isEqualTo("PONG");
            assertThat(client.send("QUIT\r\n").readToEnd()).isEmpty();

            server.verify();
            real.verify();
            assertThat(server.recording().awaitExchange(0).received().toString())
                    .isEqualTo("PING\\r\\nQUIT\\r\\n");
            assertThat(server.recording().awaitExchange(0).sent().toString()).isEqualTo("hello\\r\\nPONG\\r\\n");
        }
    }

    @ParameterizedTest
    @MethodSource("pairsWithHalfClose")
    void passesTheFinOfTheClient(String front, String behind) throws IOException {
        try (FakeServer real = FakeServer.start(behind, connection -> {
                    byte[] all = connection.receiveToEnd();
                    connection.sendLine("got " + all.length);
                });
                FakeServer server = FakeServer.start(front, forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            client.send("abc").halfClose();

            assertThat(client.readLine().strip()).isEqualTo("got 3");
            client.close();
            server.verify();
            real.verify();
        }
    }

    @ParameterizedTest
    @MethodSource("pairsWithHalfClose")
    void continuesAfterTheFinOfTheRealServer(String front, String behind) throws IOException {
        try (FakeServer real = FakeServer.start(behind, sendLine("bye"), halfClose(), expectLine("still here"));
                FakeServer server = FakeServer.start(front, forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("bye\r\n");
            client.send("still here\r\n");

            real.verify();
            server.verify();
        }
    }

    @Test
    void passesTheResetOfTheClient() throws IOException {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://localhost:" + real.getLocalPort()));
                TestClient client = TestClient.connect(server);
                Socket accepted = real.accept()) {
            client.send("abc");
            assertThat(accepted.getInputStream().readNBytes(3)).hasSize(3);
            client.reset();

            assertThatThrownBy(() -> accepted.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
            server.verify();
        }
    }

    static Stream<String> resettable() {
        return Stream.of("tcp:", "tlsv1.2:", "tlsv1.3:");
    }

    @ParameterizedTest
    @MethodSource("resettable")
    void passesTheResetOfTheRealServer(String front) throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), reset());
                FakeServer server = FakeServer.start(front, forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\r\n");

            assertThatThrownBy(client::readToEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("Connection reset");
            server.verify();
            assertThat(server.recording().awaitExchange(0).events())
                    .extracting(Event::detail)
                    .contains("real server: ended the connection: Connection reset");
            assertThat(server.recording().awaitExchange(0).has(Event.Kind.RESET_BY_SERVER))
                    .isTrue();
        }
    }

    /** A server that closes with unread data resets the connection, but the answer before that has arrived. */
    @RepeatedTest(20)
    void passesAnAnswerBeforeTheReset() throws Exception {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://localhost:" + real.getLocalPort()));
                TestClient client = TestClient.connect(server)) {
            Thread sending = new Thread(() -> {
                try {
                    while (true) {
                        client.send(new byte[8192]);
                    }
                } catch (IOException ended) {
                    // as expected
                }
            });
            try (Socket accepted = real.accept()) {
                sending.start();
                accepted.getInputStream().readNBytes(100);
                accepted.getOutputStream().write(new byte[20_000]);
            }

            assertThat(client.readBytes(20_000)).hasSize(20_000);
            sending.join();
            server.verify();
        }
    }

    @Test
    void unreadDataOfAClientThatHasResetIsNoFailure(@TempDir Path directory) throws Exception {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(directory.resolve("real"));
        try (ServerSocketChannel real =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(path);
                FakeServer server = FakeServer.start("tcp:", forwardTo("unix://" + path));
                TestClient client = TestClient.connect(server)) {
            try (SocketChannel accepted = real.accept()) {
                // more than the real server has room for, but not more than the fake server
                client.send(new byte[900_000]);
                server.recording().awaitExchange(0).await(e -> e.received().size() == 900_000, Duration.ofSeconds(20));
                client.reset();
                server.recording()
                        .awaitExchange(0)
                        .await(e -> e.has(Event.Kind.RESET_BY_CLIENT), Duration.ofSeconds(20));
            }

            server.recording().awaitExchange(0).await(e -> e.has(Event.Kind.COMPLETED), Duration.ofSeconds(20));
            server.verify();
        }
    }

    @Test
    void closesAUnixClientWhoseRealServerResets() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), reset());
                FakeServer server = FakeServer.start("unix:", forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readToEnd()).isEmpty();
            server.verify();
        }
    }

    /** A client that is gone while the real server sends without end. */
    @ParameterizedTest
    @MethodSource("resettable")
    void aClientThatLeavesEndsTheRealConnection(String front) throws IOException {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server = FakeServer.start(front, forwardTo("tcp://localhost:" + real.getLocalPort()))) {
            TestClient client = TestClient.connect(server);
            try (Socket accepted = real.accept()) {
                accepted.getOutputStream().write(new byte[1000]);
                client.readBytes(1000);
                client.close();

                assertThatThrownBy(() -> {
                            while (true) {
                                accepted.getOutputStream().write(new byte[10_000]);
                            }
                        })
                        .isInstanceOf(IOException.class);
                server.verify();
            }
        }
    }

    @Test
    void theReportOfAnUnreachableServerNamesIt() throws IOException {
        int port = freePort();
        try (FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://localhost:" + port));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);

            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(
                            "the real server tcp://localhost:" + port + " cannot be reached: Connection refused");
        }
    }

    /** Sends until the connection ends. */
    private static Thread flood(TestClient client) {
        Thread flood = new Thread(() -> {
            try {
                while (true) {
                    client.send(new byte[10_000]);
                }
            } catch (IOException ended) {
                // the server was closed
            }
        });
        flood.start();
        return flood;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theReportOfARealServerThatDoesNotAnswerNamesTheLimit() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:")) {
            real.ignore();
            try (FakeServer server = FakeServer.start("tcp:?timeout=200ms", forwardTo(address(real)));
                    TestClient client = TestClient.connect(server)) {
                assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);

                assertThatThrownBy(server::verify)
                        .hasMessageContaining(
                                "the real server " + address(real) + " cannot be reached: no answer within 200ms");
            }
        }
    }

    @Test
    void theReportOfAMissingSocketNamesThePath() throws IOException {
        try (FakeServer server = FakeServer.start("unix:", forwardTo("unix:///no/such.sock"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the real server unix:///no/such.sock cannot be reached: No such file");
        }
    }

    /** The backlog of the real server is full, so that a connect waits. */
    @Test
    void aRealServerOnAUnixSocketThatDoesNotAcceptIsNamed(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("s");
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel real = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            real.bind(UnixDomainSocketAddress.of(path), 1);
            for (int i = 0; i < 2; i++) {
                waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(path)));
            }
            try (FakeServer server = FakeServer.start("tcp:?timeout=200ms", forwardTo("unix://" + path));
                    TestClient client = TestClient.connect(server)) {
                assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);

                assertThatThrownBy(server::verify)
                        .hasMessageContaining(
                                "the real server unix://" + path + " cannot be reached: no answer within 200ms");
            }
        } finally {
            for (SocketChannel one : waiting) {
                one.close();
            }
        }
    }

    @Test
    void aUnixSocketThatTakesNoMoreDataCanStillSend(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        try (ServerSocketChannel real = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            real.bind(UnixDomainSocketAddress.of(path));
            try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", forwardTo("unix://" + path));
                    TestClient client = TestClient.connect(server);
                    SocketChannel accepted = real.accept()) {
                accepted.shutdownInput();
                client.send("a");
                Exchange exchange = server.recording().awaitExchange(0);
                exchange.await(e -> !e.received().isEmpty(), Duration.ofSeconds(20));
                for (int i = 0; i < 20; i++) {
                    accepted.write(ByteBuffer.wrap(new byte[] {'b'}));
                    assertThat(client.read(1)).isEqualTo("b");
                    // longer than the timeout
                    exchange.await(e -> e.has(Event.Kind.RESET_BY_SERVER), Duration.ofMillis(20));
                }
                server.verify();
            }
        }
    }

    @Test
    void theFramesOfBothSidesOfAWebSocketAreMarked() throws IOException {
        byte[] request = {(byte) 0x81, (byte) 0x82, 1, 2, 3, 4, 'a' ^ 1, 'b' ^ 2};
        byte[] answer = {(byte) 0x81, 2, 'd', 'e', (byte) 0x81, 1, 'f'};
        try (FakeServer real = FakeServer.start("tcp:", connection -> {
                    connection.receive(request.length);
                    connection.send(answer);
                });
                FakeServer server = FakeServer.start("tcp:", frame(Framing.webSocket()), forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send(request).readBytes(answer.length)).isEqualTo(answer);
            client.close();
            server.verify();

            assertThat(server.recording().awaitExchange(0).dialogue("dialogue"))
                    .containsSubsequence("S! 81 02 64 65", "S! 81 01 66")
                    .doesNotContain("does not fit");
        }
    }

    @Test
    void stepsBeforeItAnswerTheClient() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"));
                FakeServer server = FakeServer.start(
                        "tcp:", sendLine("welcome"), expectLine("AUTH x"), sendLine("OK"), forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine().strip()).isEqualTo("welcome");
            assertThat(client.send("AUTH x\r\nPING\r\n").readLine().strip()).isEqualTo("OK");
            assertThat(client.readLine().strip()).isEqualTo("PONG");

            server.verify();
            real.verify();
        }
    }

    @Test
    void aCaseThatForwardsBeginsWithItsMessage() throws IOException {
        try (FakeServer real =
                        FakeServer.start("tcp:", expect("GET a\n"), sendLine("A"), expectLine("PING"), sendLine("P"));
                FakeServer server = FakeServer.start(
                        "tcp:",
                        match(when(expectLine("PING"), sendLine("PONG")), otherwise(forwardTo(address(real)))));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readLine().strip()).isEqualTo("PONG");
            assertThat(client.send("GET a\n").readLine().strip()).isEqualTo("A");
            assertThat(client.send("PING\r\n").readLine().strip()).isEqualTo("P");

            server.verify();
            real.verify();
        }
    }

    @Test
    void theAddressMayContainProperties() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"));
                FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://localhost:${forward.test.port}"))) {
            try (TestClient early = TestClient.connect(server)) {
                assertThatThrownBy(early::readToEnd).isInstanceOf(SocketException.class);
            }
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the address of the real server, tcp://localhost:${forward.test.port},"
                            + " contains ${forward.test.port}, but there is no system property and no variable of that"
                            + " name; set the property before a client connects");
            System.setProperty("forward.test.port", String.valueOf(real.port()));
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.send("PING\r\n").readLine().strip()).isEqualTo("PONG");
            } finally {
                System.clearProperty("forward.test.port");
            }
            real.verify();
        }
    }

    @Test
    void closeEndsBothSides() throws IOException {
        try (ServerSocket real = new ServerSocket(0)) {
            FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://localhost:" + real.getLocalPort()));
            try (TestClient client = TestClient.connect(server);
                    Socket accepted = real.accept()) {
                client.send("abc");
                accepted.getInputStream().readNBytes(3);
                server.close();

                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
                assertThat(client.readToEnd()).isEmpty();
            }
        }
    }

    /** The real server does not read, so that a write to it blocks. */
    @Test
    void closeEndsAWriteThatBlocks() throws Exception {
        try (ServerSocket real = new ServerSocket(0)) {
            FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://localhost:" + real.getLocalPort()));
            try (TestClient client = TestClient.connect(server);
                    Socket accepted = real.accept()) {
                Thread flood = flood(client);
                server.recording().awaitExchange(0).await(e -> e.received().size() > 3_000_000, Duration.ofSeconds(20));
                server.close();
                flood.join();

                // a thread that has ended may still be listed
                ServerThreads.awaitEndOfConnections(server);
                assertThat(accepted.isClosed()).isFalse();
            }
        }
    }

    @Test
    void aTestThreadCanEndAForwardedConnection() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), stall());
                FakeServer server = FakeServer.start("tcp:", forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\r\n");
            real.recording().awaitExchange(0).await(e -> !e.received().isEmpty(), Duration.ofSeconds(20));
            server.connection(0).reset();

            assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
            server.verify();
            real.recording()
                    .awaitExchange(0)
                    .await(e -> e.has(Event.Kind.HALF_CLOSED_BY_CLIENT), Duration.ofSeconds(20));
        }
    }

    @Test
    void anotherAddressOfThisMachineMayHaveTheSamePort() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"));
                FakeServer server = FakeServer.start("tcp://127.0.0.2:" + real.port(), forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readLine().strip()).isEqualTo("PONG");
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "0.0.0.0"})
    void theAddressIsNotThatOfTheFakeServer(String host) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://" + host + ":${port}"));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the address of the real server, tcp://" + host + ":" + server.port()
                            + ", is the address of this fake server; it would connect to itself again and again");
            assertThat(server.connections()).hasSize(1);
        }
    }

    /** The timeout of the server is longer than that of the test. */
    @Test
    void verificationDoesNotWaitForTheEndOfTheRealServer() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), stall());
                FakeServer server = FakeServer.start("tcp:?timeout=10m", forwardTo(address(real)))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("PING\r\n");
                server.recording().awaitExchange(0).await(e -> !e.received().isEmpty(), Duration.ofSeconds(20));
            }
            real.recording()
                    .awaitExchange(0)
                    .await(e -> e.has(Event.Kind.HALF_CLOSED_BY_CLIENT), Duration.ofSeconds(20));

            server.verify();
        }
    }

    /** Then a write to it blocks, and the server has input that it has not passed on. */
    @Test
    void aRealServerThatReadsSlowlyIsNoFailure() throws Exception {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server =
                        FakeServer.start("tcp:?timeout=300ms", forwardTo("tcp://localhost:" + real.getLocalPort()));
                TestClient client = TestClient.connect(server);
                Socket accepted = real.accept()) {
            Thread flood = flood(client);
            server.recording().awaitExchange(0).await(e -> e.received().size() > 4_000_000, Duration.ofSeconds(20));

            server.verify();
            assertThat(accepted.isClosed()).isFalse();
            server.close();
            flood.join();
        }
    }

    @Test
    void theRecordingCanBeReplayed() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"), halfClose());
                FakeServer server = FakeServer.start("tcp:", forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readToEnd()).isEqualTo("PONG\r\n");

            assertThat(server.recording().awaitExchange(0).toScript().lines().filter(line -> !line.startsWith("#")))
                    .containsExactly("C: PING", "S: PONG", "@half-close");
        }
    }

    @Test
    void manyClientsAtOnce() throws Exception {
        try (FakeServer real = FakeServer.start("tcp:", io.socketharness.script.Behaviours.echo());
                FakeServer server = FakeServer.start("tcp:", forwardTo(address(real)))) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(TestClient.connect(server));
            }
            for (int i = 0; i < 50; i++) {
                clients.get(i).send("line " + i + "\n");
            }
            for (int i = 0; i < 50; i++) {
                assertThat(clients.get(i).readLine().strip()).isEqualTo("line " + i);
                clients.get(i).close();
            }
            server.verify();
            real.verify();
        }
    }

    @Test
    void theDialogueShowsTheRealServer() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"), closeNow());
                FakeServer server = FakeServer.start("tcp:", forwardTo(address(real)))) {
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.send("PING\r\n").readToEnd()).isEqualTo("PONG\r\n");
            }
            server.verify();
            server.recording()
                    .awaitExchange(0)
                    .await(e -> e.has(Event.Kind.HALF_CLOSED_BY_CLIENT), Duration.ofSeconds(20));

            assertThat(server.recording()
                            .awaitExchange(0)
                            .dialogue("dialogue")
                            .lines()
                            .map(l -> l.replaceAll(" +", " ").strip()))
                    .satisfies(lines -> assertThat(String.join("\n", lines))
                            .contains("real server: connected to " + address(real))
                            .contains("C: PING")
                            .contains("S: PONG")
                            .contains("real server: closed its side of the connection")
                            .contains("half-closed by the server"));
        }
    }

    @Test
    void aFramingDiscardsNothingThatHasNotPassed() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        Framing discarding = new Framing() {
            @Override
            public byte[] receive(Connection connection) {
                byte[] line = connection.receiveLineBytes();
                if (new String(line, StandardCharsets.US_ASCII).equals("first")) {
                    reached.countDown();
                    connection
                            .exchange()
                            .await(e -> e.received().toString().contains("second"), Duration.ofSeconds(20));
                    connection.discardAvailable();
                }
                return line;
            }

            @Override
            public byte[] frame(byte[] message) {
                return message;
            }
        };
        try (FakeServer real = FakeServer.start("tcp:", expectLine("first"), expectLine("second"), sendLine("third"));
                FakeServer server = FakeServer.start("tcp:", frame(discarding), forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            client.send("first\r\n");
            reached.await();
            client.send("second\r\n");

            assertThat(client.readLine().strip()).isEqualTo("third");
            server.verify();
        }
    }

    @Test
    void aFramingDelimitsTheMessagesOfTheDialogue() throws IOException {
        byte[] request = {0, 3, 'a', 'b', 'c'};
        byte[] answer = {0, 2, 'd', 'e'};
        try (FakeServer real = FakeServer.start("tcp:", connection -> {
                    connection.receive(5);
                    connection.send(new byte[] {0, 2, 'd'});
                    connection.receive(5);
                    connection.send(new byte[] {'e', 0, 2, 'd', 'e'});
                });
                FakeServer server = FakeServer.start(
                        "tcp:",
                        io.socketharness.script.Behaviours.frame(io.socketharness.script.Framing.length(2)),
                        forwardTo(address(real)));
                TestClient client = TestClient.connect(server)) {
            client.send(request).send(request);
            assertThat(client.readBytes(8)).containsExactly(0, 2, 'd', 'e', 0, 2, 'd', 'e');
            client.close();
            server.verify();

            String dialogue = server.recording().awaitExchange(0).dialogue("dialogue");
            assertThat(dialogue).containsSubsequence("C< abc", "C< abc").containsSubsequence("S< de", "S< de");
            assertThat(answer).hasSize(4);
            assertThat(new String(request, StandardCharsets.US_ASCII)).hasSize(5);
        }
    }
}

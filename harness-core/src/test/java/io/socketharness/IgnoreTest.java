package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.testing.Program;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that does not answer connection attempts. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class IgnoreTest {

    private static final int CONNECT_MILLIS = 60;

    private static void requireTimeout(FakeServer server) throws IOException {
        try (Socket client = new Socket()) {
            assertThatThrownBy(() -> client.connect(server.address(), CONNECT_MILLIS))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void requireEcho(FakeServer server) throws IOException {
        try (Client client = Client.of(server)) {
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hello");
        }
    }

    private static void requireRefusal(FakeServer server) throws IOException {
        try (Socket client = new Socket()) {
            assertThatThrownBy(() -> client.connect(server.address(), 10_000))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://[::1]:0", "tcp://0.0.0.0:0", "tcp://[::]:0", "tls:", "tcp:?backlog=1"})
    void connectsTimeOutUntilItListens(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo());
                Client before = Client.of(server)) {
            before.send("a");
            assertThat(before.receive()).isEqualTo("a");

            server.ignore();

            assertThat(server.toString()).endsWith(":" + server.port() + ", ignoring}");
            requireTimeout(server);
            requireTimeout(server);
            before.send("still open");
            assertThat(before.receive()).isEqualTo("still open");
            server.listen();
            assertThat(server.toString()).endsWith(", listening}");
            requireEcho(server);
            assertThat(server.recording().exchanges()).hasSize(2);
            server.verifyNoFailures();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:", "tcp://[::1]:"})
    void keepsFixedPortInEachState(String host) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = host + port;
        int descriptors;
        try (FakeServer server = FakeServer.start(url, echo())) {
            descriptors = descriptors();
            for (int i = 0; i < 20; i++) {
                server.ignore();
                requireTaken(url);
                requireTimeout(server);
                server.refuse();
                requireRefusal(server);
                server.ignore();
                requireTaken(url);
                server.listen();
                requireTaken(url);
                requireEcho(server);
            }
            awaitDescriptors(descriptors);
        }
        FakeServer.start(url).close();
    }

    private static void requireTaken(String url) {
        assertThatThrownBy(() -> FakeServer.start(url).close())
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("Address already in use");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://[::1]:0", "tls:"})
    void changesStateAgainAndAgain(String url) throws IOException {
        openWhatStaysOpen(url);
        int before = descriptors();
        try (FakeServer server = FakeServer.start(url, echo())) {
            requireEcho(server);
            for (int i = 0; i < 20; i++) {
                server.ignore();
                server.ignore();
                requireTimeout(server);
                server.refuse();
                requireRefusal(server);
                server.ignore();
                requireTimeout(server);
                server.goDown();
                requireRefusal(server);
                server.ignore();
                server.listen();
                requireEcho(server);
            }
            assertThat(server.recording().exchanges()).hasSize(21);
            server.verifyNoFailures();
        }
        awaitDescriptors(before);
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() throws IOException {
        openWhatStaysOpen("tcp:");
        int before = descriptors();
        for (int i = 0; i < 20; i++) {
            int port;
            try (FakeServer server = FakeServer.start("tcp:")) {
                port = server.port();
                server.ignore();
            }
            awaitDescriptors(before);
            FakeServer.start("tcp://127.0.0.1:" + port).close();
        }
    }

    /** The JDK opens some files once. */
    private static void openWhatStaysOpen(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo())) {
            requireEcho(server);
            server.ignore();
        }
    }

    /** The JDK may open a few of its own; a leak in each of 20 rounds is more. */
    private static void awaitDescriptors(int before) {
        int most = before + 5;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (descriptors() > most && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(descriptors()).isLessThanOrEqualTo(most);
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    private static FutureTask<Socket> connecting(FakeServer server) throws IOException {
        FutureTask<Socket> connecting = new FutureTask<>(() -> {
            Socket client = new Socket();
            client.connect(server.address(), 30_000);
            return client;
        });
        Thread thread = new Thread(connecting);
        thread.setDaemon(true);
        thread.start();
        // state 02 is SYN_SENT
        String waiting = String.format(Locale.ROOT, "0100007F:%04X 02", server.port());
        while (!connecting.isDone() && !connections().contains(waiting)) {
            Thread.onSpinWait();
        }
        return connecting;
    }

    private static String connections() throws IOException {
        return Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
    }

    @Test
    void aWaitingClientConnectsWhenItListens() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo())) {
            server.ignore();
            FutureTask<Socket> connecting = connecting(server);
            server.listen();
            try (Client client = new Client.Stream(connecting.get())) {
                client.send("late");
                assertThat(client.receive()).isEqualTo("late");
            }
        }
    }

    @Test
    void aWaitingClientIsRefusedWhenItRefuses() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo())) {
            server.ignore();
            FutureTask<Socket> connecting = connecting(server);
            server.refuse();
            assertThatThrownBy(connecting::get).hasRootCauseInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://[::1]:0"})
    void servesClientsThatConnectedBefore(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo())) {
            for (int i = 0; i < 10; i++) {
                List<Client> clients = new ArrayList<>();
                for (int j = 0; j < 30; j++) {
                    clients.add(Client.of(server));
                }
                server.ignore();
                for (Client client : clients) {
                    client.send("x");
                    assertThat(client.receive()).isEqualTo("x");
                    client.close();
                }
                server.listen();
            }
            assertThat(server.recording().exchanges()).hasSize(300);
            server.verifyNoFailures();
        }
    }

    @Test
    void concurrentCallsLeaveConsistentServer() throws Exception {
        openWhatStaysOpen("tcp:");
        int before = descriptors();
        try (FakeServer server = FakeServer.start("tcp:", echo())) {
            List<FutureTask<Void>> callers = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                FutureTask<Void> caller = new FutureTask<>(() -> {
                    for (int i = 0; i < 25; i++) {
                        List<Runnable> calls = List.of(server::ignore, server::listen, server::refuse, server::goDown);
                        calls.get(random.nextInt(calls.size())).run();
                    }
                    return null;
                });
                callers.add(caller);
                new Thread(caller).start();
            }
            for (FutureTask<Void> caller : callers) {
                caller.get();
            }
            if (server.toString().contains("ignoring")) {
                requireTimeout(server);
            } else if (server.toString().contains("refusing")) {
                requireRefusal(server);
            }
            server.listen();
            requireEcho(server);
            server.verifyNoFailures();
        }
        awaitDescriptors(before);
    }

    @Test
    void closesWhileItBeginsToIgnore() throws Exception {
        openWhatStaysOpen("tcp:");
        int before = descriptors();
        for (int i = 0; i < 20; i++) {
            FakeServer server = FakeServer.start("tcp:");
            FutureTask<Void> ignoring = new FutureTask<>(server::ignore, null);
            Thread thread = new Thread(ignoring);
            thread.start();
            long until = System.nanoTime() + i * 3_000_000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            server.close();
            ignoring.get();
            assertThat(server.toString()).endsWith(", closed}");
        }
        awaitDescriptors(before);
    }

    @Test
    void aClosedServerStaysClosed() {
        FakeServer server = FakeServer.start("tcp:");
        server.close();
        server.ignore();
        assertThat(server.toString()).endsWith(", closed}");
    }

    @Test
    void namesTheStateInMessages() {
        try (FakeServer server = FakeServer.start("tcp:?timeout=50ms")) {
            server.enqueue(expectLine("PING"), sendLine("PONG"));
            server.ignore();
            assertThatThrownBy(server::accept)
                    .hasMessageContaining("waited for a client to connect (the server is ignoring: call listen() before"
                            + " the client connects), for 50 ms");
            assertThatThrownBy(() -> server.connection(0))
                    .hasMessageContaining("the server is ignoring. Call listen() before the client connects.");
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "the server ignores clients: ignore() was called, and listen() accepts them" + " again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "dtls", "udg"})
    void refusesDatagrams(String transport) {
        try (FakeServer server = FakeServer.start(transport + ":")) {
            assertThatThrownBy(server::ignore)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageMatching(transport + ":.* cannot ignore clients: over " + transport
                            + " a client does not connect, so no connect can time out; use a script that does not"
                            + " answer, or the network condition blackhole");
            assertThat(server.toString()).endsWith(", listening}");
        }
    }

    @Test
    void refusesAbstractNames() {
        try (FakeServer server = FakeServer.start("unix:@ignore-" + UUID.randomUUID(), echo())) {
            assertThatThrownBy(server::ignore)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageEndingWith(" cannot ignore clients: an abstract name cannot get a second socket, with a"
                            + " short queue, while the first listens; use a path");
            assertThat(server.toString()).endsWith(", listening}");
        }
    }

    @Test
    void connectsToUnixSocketBlockUntilItListens() throws Exception {
        openWhatStaysOpen("unix:");
        int before = descriptors();
        Path path;
        try (FakeServer server = FakeServer.start("unix:", echo())) {
            path = server.path();
            for (int i = 0; i < 20; i++) {
                server.ignore();
                server.ignore();
                try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    client.configureBlocking(false);
                    assertThatThrownBy(() -> client.connect(server.socketAddress()))
                            .isInstanceOf(SocketException.class)
                            .hasMessage("Resource temporarily unavailable");
                }
                FutureTask<Client> connecting = new FutureTask<>(() -> Client.of(server));
                new Thread(connecting).start();
                assertThatThrownBy(() -> connecting.get(20, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                server.listen();
                try (Client client = connecting.get()) {
                    client.send("late");
                    assertThat(client.receive()).isEqualTo("late");
                }
            }
            server.ignore();
            FutureTask<SocketChannel> connecting = new FutureTask<>(() -> SocketChannel.open(server.socketAddress()));
            new Thread(connecting).start();
            assertThatThrownBy(() -> connecting.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            server.refuse();
            assertThatThrownBy(connecting::get).hasMessageContaining("Connection refused");
            server.ignore();
            assertThat(server.recording().exchanges()).hasSize(20);
        }
        awaitDescriptors(before);
        assertThat(path).doesNotExist();
    }

    @Test
    void theHttpClientOfTheJdkReportsItsConnectTimeout() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.ignore();
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofMillis(CONNECT_MILLIS))
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(HttpConnectTimeoutException.class);
        }
    }

    @Test
    void curlReportsTimeout() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.ignore();
            assertThat(Program.run("", "curl", "-sS", "--connect-timeout", "0.3", "http://127.0.0.1:" + server.port()))
                    .contains("curl: (28)");
        }
    }
}

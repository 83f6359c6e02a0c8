package io.socketharness.network;

import static io.socketharness.network.NetworkConditions.bandwidth;
import static io.socketharness.network.NetworkConditions.blackhole;
import static io.socketharness.network.NetworkConditions.coalesce;
import static io.socketharness.network.NetworkConditions.corruptAt;
import static io.socketharness.network.NetworkConditions.corruption;
import static io.socketharness.network.NetworkConditions.latency;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.network.NetworkConditions.slice;
import static io.socketharness.network.NetworkConditions.stopReading;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.stall;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamConditionsTest {

    private static final Duration LATENCY = Duration.ofMillis(150);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final int SHORT = 100;

    private static FakeServer start(String url, NetworkCondition condition, Behaviour... steps) {
        return FakeServer.start(
                ServerSpec.parse(url).toBuilder().network(condition).seed(7).build(), steps);
    }

    private static CompletableFuture<String> later(TestClient client, int count) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.read(count);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private static void assertThatNothingArrives(CompletableFuture<String> reading) {
        assertThatThrownBy(() -> reading.get(SHORT, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String last(FakeServer server) {
        return server.recording().exchanges().get(0).toString();
    }

    private static List<Event.Kind> kinds(FakeServer server) {
        return server.recording().exchanges().get(0).events().stream()
                .map(Event::kind)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void delaysBothDirections(String url) throws IOException {
        try (FakeServer server = start(url, latency(LATENCY), expectLine("PING"), sendLine("PONG"));
                TestClient client = TestClient.connect(server)) {
            long begin = System.nanoTime();

            client.send("PING\n");

            assertThat(client.readLine()).isEqualTo("PONG\r\n");
            assertThat(since(begin)).isGreaterThanOrEqualTo(LATENCY.multipliedBy(2));
            server.verify();
            assertThat(last(server)).contains("network: latency 150ms (seed 7)");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void delaysOneDirection(String url) throws IOException {
        try (FakeServer server = start(url, latency(LATENCY).toServer(), sendLine("hello"), expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("hello\r\n");
            long begin = System.nanoTime();
            client.send("PING\n");

            server.verify();

            assertThat(since(begin)).isGreaterThanOrEqualTo(LATENCY);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void delaysTheEndOfTheClientToo(String url) throws IOException {
        try (FakeServer server = start(url, latency(LATENCY));
                TestClient client = TestClient.connect(server)) {
            long begin = System.nanoTime();
            client.send("last").halfClose();

            Exchange exchange = server.recording().awaitExchange(0).awaitEnd();

            assertThat(since(begin)).isGreaterThanOrEqualTo(LATENCY);
            assertThat(exchange.receivedText()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void deliversDelayedDataOnTimeWhateverTheScriptDoes(String url) throws IOException {
        Behaviour busy = connection -> {
            connection.send("now");
            connection.pause(Duration.ofSeconds(30));
        };
        for (Behaviour after : List.of(busy, Script.of(send("now")), Script.of(send("now"), stall()))) {
            try (FakeServer server = start(url, latency(LATENCY).toClient(), after);
                    TestClient client = TestClient.connect(server)) {
                long begin = System.nanoTime();
                assertThat(client.read(3)).isEqualTo("now");
                assertThat(since(begin)).isBetween(Duration.ofMillis(100), Duration.ofSeconds(10));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void closesBehindDelayedData(String url) throws IOException {
        try (FakeServer server = start(
                        url, latency(LATENCY), expectLine("x"), send("a".repeat(100_000)), sendLine("end"), close());
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");

            assertThat(client.readToEnd()).hasSize(100_005).endsWith("end\r\n");
            server.verify();
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void deliversDelayedDataToAClientThatHasHalfClosed(String url) throws IOException {
        try (FakeServer server = start(url, latency(LATENCY).toClient(), expectLine("x"), sendLine("answer"));
                TestClient client = TestClient.connect(server)) {
            client.send("x\n").halfClose();

            assertThat(client.readToEnd()).isEqualTo("answer\r\n");
            server.verify();
        }
    }

    @Test
    void resetsBehindDelayedData() throws IOException {
        try (FakeServer server =
                        start("tcp:", latency(LATENCY), send("data"), io.socketharness.script.Behaviours.reset());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.read(4)).isEqualTo("data");
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void isNeverFasterThanTheBandwidth(String url) throws IOException {
        int rate = 100_000;
        int segment = 1_000;
        try (FakeServer server = start(url, bandwidth(rate).toClient(), expectLine("x"), send("a".repeat(30_000)));
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");
            List<long[]> arrivals = new ArrayList<>();
            long begin = System.nanoTime();
            for (int total = 0; total < 30_000; ) {
                total += client.readSome().length;
                arrivals.add(new long[] {System.nanoTime() - begin, total});
            }
            for (long[] one : arrivals) {
                assertThat((double) one[1]).isLessThanOrEqualTo(one[0] / 1e9 * rate + segment);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void dividesAStream(String url) throws IOException {
        Duration every = Duration.ofMillis(50);
        try (FakeServer server = start(url, slice(3).every(every).toClient(), expectLine("x"), send("abcdefgh"));
                TestClient client = TestClient.connect(server)) {
            long begin = System.nanoTime();
            client.send("x\n");
            StringBuilder all = new StringBuilder();
            while (all.length() < 8) {
                all.append(new String(client.readSome(), US_ASCII));
                // a busy client gets several pieces at once, but none before its time
                long pieces = 1 + (System.nanoTime() - begin) / every.toNanos();
                assertThat((long) all.length()).isLessThanOrEqualTo(3 * pieces);
            }

            assertThat(all.toString()).isEqualTo("abcdefgh");
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2 * every.toNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void collectsTheDataOfATime(String url) throws IOException {
        try (FakeServer server = start(
                        url,
                        coalesce(Duration.ofMillis(200)).toClient(),
                        expectLine("x"),
                        send("a"),
                        send("b"),
                        send("c"),
                        close());
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");

            assertThat(new String(client.readSome(), US_ASCII)).isEqualTo("abc");
            assertThat(client.readSome()).isEmpty();
            server.verify();
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp:, close", "unix:, close", "tcp:, half-close", "unix:, half-close"})
    void endsTheDirectionToTheClientAfterExactlySoManyBytes(String url, String end) throws IOException {
        NetworkCondition limit = NetworkCondition.parse("limit 5 " + end + " to client");
        try (FakeServer server = start(url, limit, expectLine("x"), sendLine("abc"), sendLine("def"), expectLine("y"));
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");

            assertThat(client.readToEnd()).isEqualTo("abc\r\n");
            server.verify();
            assertThat(last(server)).contains("network: limit 5 " + end + " to client");
        }
    }

    @Test
    void resetsAfterExactlySoManyBytes() throws IOException {
        try (FakeServer server =
                        start("tcp:", limit(3).reset().toClient(), expectLine("x"), send("abcdef"), expectLine("y"));
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");

            assertThatThrownBy(() -> {
                        // the RST may discard bytes that were not read
                        assertThat("abc").startsWith(client.read(3));
                        client.read(1);
                    })
                    .isInstanceOf(SocketException.class);
            server.verify();
            assertThat(kinds(server)).contains(Event.Kind.NETWORK, Event.Kind.RESET_BY_SERVER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "unix:"})
    void endsTheDirectionToTheServerAfterExactlySoManyBytes(String url) throws IOException {
        for (String end : List.of("close", "half-close")) {
            NetworkCondition limit = NetworkCondition.parse("limit 3 " + end + " to server");
            try (FakeServer server = start(url, limit, expectLine("x"), expectLine("y"));
                    TestClient client = TestClient.connect(server)) {
                client.send("x\ny\n");

                server.recording().awaitExchange(0).await(one -> one.has(Event.Kind.COMPLETED), Duration.ofSeconds(20));
                server.verify();
                assertThat(server.recording().exchanges().get(0).receivedText()).isEqualTo("x\ny");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void stallsAfterExactlySoManyBytes(String url) throws Exception {
        try (FakeServer server = start(url, limit(3).stall().toClient(), expectLine("x"), send("abcdef"));
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");

            assertThat(client.read(3)).isEqualTo("abc");
            CompletableFuture<String> rest = later(client, 3);
            assertThatNothingArrives(rest);

            server.network();
            assertThat(rest.get()).isEqualTo("def");
        }
    }

    @Test
    void cutsTheHelloOfATlsServer() throws IOException {
        try (FakeServer server = start("tls:", limit(3).close().toClient(), echo());
                TestClient client = TestClient.connectPlain(server)) {
            // a ClientHello of TLS 1.2 with one cipher suite: RFC 5246, section 7.4.1.2
            byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
            byte[] head = {0x16, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, 3};
            System.arraycopy(head, 0, hello, 0, head.length);
            byte[] tail = {0, 0, 2, (byte) 0xc0, 0x2b, 1, 0};
            System.arraycopy(tail, 0, hello, hello.length - tail.length, tail.length);
            client.send(hello);

            assertThat(client.readBytesToEnd()).hasSize(3);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void stopsReadingUntilTheConditionEnds(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url, discard());
                TestClient client = TestClient.connect(server)) {
            client.send("before");
            server.recording().awaitExchange(0).awaitReceived("before");

            server.network(stopReading());
            byte[] much = new byte[32 << 20];
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    client.send(much);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            assertThatThrownBy(() -> writing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(server.recording().exchanges().get(0).receivedText()).isEqualTo("before");

            server.network();
            writing.get(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void nothingPassesABlackholeUntilItEnds(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url, echo());
                TestClient client = TestClient.connect(server)) {
            client.send("one");
            assertThat(client.read(3)).isEqualTo("one");

            server.network(blackhole());
            client.send("two");
            CompletableFuture<String> two = later(client, 3);
            assertThatNothingArrives(two);
            assertThat(server.recording().exchanges().get(0).receivedText()).isEqualTo("one");

            server.network();
            assertThat(two.get()).isEqualTo("two");
            assertThat(last(server)).contains("network: blackhole (seed").contains("network: perfect");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void aBlackholeSwallowsTheEndOfTheServer(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url);
                TestClient client = TestClient.connect(server)) {
            server.accept();
            server.network(blackhole());
            server.connection(0).close();

            CompletableFuture<String> end = later(client, 1);
            assertThatNothingArrives(end);

            server.network();
            assertThat(end.get()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void blackholesOneConnectionAndNotItsReplacement(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo());
                TestClient first = TestClient.connect(server)) {
            first.send("a");
            assertThat(first.read(1)).isEqualTo("a");
            server.connection(0).network(blackhole());
            first.send("b");
            assertThatNothingArrives(later(first, 1));

            try (TestClient second = TestClient.connect(server)) {
                second.send("c");
                assertThat(second.read(1)).isEqualTo("c");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void corruptsOneBitOfOneByte(String url) throws IOException {
        try (FakeServer server = start(url, corruptAt(3).toClient(), expectLine("x"), send("abcdef"));
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");
            byte[] received = client.readBytes(6);

            assertThat(Integer.bitCount(received[2] ^ 'c')).isEqualTo(1);
            received[2] = 'c';
            assertThat(new String(received, US_ASCII)).isEqualTo("abcdef");
            server.recording()
                    .awaitExchange(0)
                    .await(one -> one.toString().contains("corrupted"), Duration.ofSeconds(20));
            assertThat(last(server)).contains("network: data to the client (corrupted at byte 3)");
        }
    }

    @Test
    void corruptsTheSameBytesWhateverTheirPieces() throws IOException {
        List<String> results = new ArrayList<>();
        for (int piece : new int[] {1, 7, 1_000}) {
            try (FakeServer server =
                            start("tcp:", corruption(0.1).toServer(), receive(1_000, "all"), sendLine("done"));
                    TestClient client = TestClient.connect(server)) {
                for (int sent = 0; sent < 1_000; sent += piece) {
                    client.send("x".repeat(Math.min(piece, 1_000 - sent)));
                }
                assertThat(client.readLine()).isEqualTo("done\r\n");
                results.add(server.recording().exchanges().get(0).received().hex());
            }
        }
        assertThat(results.get(0)).isEqualTo(results.get(1)).isEqualTo(results.get(2));
        long changed = results.get(0)
                .chars()
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining())
                .replace(" ", "")
                .replaceAll("(..)", "$1 ")
                .lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .filter(hex -> !hex.equals("78"))
                .count();
        assertThat(changed).isBetween(60L, 140L);
    }

    @Test
    void appliesToTheBlockOfAScript() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("""
                        S: fast
                        @repeat 1
                          @network latency 150ms to client
                          S: slow
                        @end
                        C: go on
                        S: fast again
                        """));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("fast\r\n");
            assertThat(client.readLine()).isEqualTo("slow\r\n");
            client.send("go on\n");
            assertThat(client.readLine()).isEqualTo("fast again\r\n");
            server.verify();
            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.toString())
                    .contains("network: latency 150ms to client (seed")
                    .contains("network: perfect");
        }
    }

    @Test
    void aScriptRemovesItsOwnConditions() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("""
                        @network limit 2 stall to client
                        S< abc
                        @network perfect
                        S< def
                        """));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.read(6)).isEqualTo("abcdef");
        }
    }

    @Test
    void conditionsOfAServerAConnectionAndAScriptAddUp() throws IOException {
        Behaviour steps = Script.parse("@network latency 50ms to client\nC: x\nS: answer");
        try (FakeServer server = start("tcp:", latency(Duration.ofMillis(50)).toClient(), steps);
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.connection(0);
            connection.network(latency(Duration.ofMillis(50)).toClient());
            long begin = System.nanoTime();
            client.send("x\n");

            assertThat(client.readLine()).isEqualTo("answer\r\n");
            assertThat(since(begin)).isGreaterThanOrEqualTo(LATENCY);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void aConditionBeginsOnAConnectionThatIsInUse(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo());
                TestClient client = TestClient.connect(server)) {
            for (int i = 0; i < 50; i++) {
                client.send("a" + i % 10);
                assertThat(client.read(2)).isEqualTo("a" + i % 10);
                if (i % 10 == 5) {
                    server.network(slice(1));
                } else if (i % 10 == 9) {
                    server.network();
                }
            }
            server.network(latency(LATENCY));
            long begin = System.nanoTime();
            client.send("b");
            assertThat(client.read(1)).isEqualTo("b");
            assertThat(since(begin)).isGreaterThanOrEqualTo(LATENCY.multipliedBy(2));
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void keepsTheOrderWhileConditionsChange(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo());
                TestClient client = TestClient.connect(server)) {
            String all = "0123456789".repeat(2_000);
            for (int from = 0; from < all.length(); from += 1_000) {
                client.send(all.substring(from, from + 1_000));
                server.network(
                        (from / 1_000) % 2 == 0
                                ? new NetworkCondition[] {
                                    latency(Duration.ofMillis(20)).jitter(Duration.ofMillis(20))
                                }
                                : new NetworkCondition[] {slice(7)});
            }
            assertThat(client.read(all.length())).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void collectsDelayedDataBehindLaterData(String url) throws IOException {
        try (FakeServer server = start(url, latency(SOON).toClient());
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.accept();
            connection.network(coalesce(SOON.multipliedBy(3)).toClient());
            connection.send("delayed,");
            server.network();

            connection.send("later");

            assertThat(client.read("delayed,later".length())).isEqualTo("delayed,later");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void dropsWhatFollowsAnEndAfterTheConditionsChange(String url) throws Exception {
        try (FakeServer server = start(url, limit(5).halfClose().toServer());
                TestClient client = TestClient.connect(server)) {
            server.accept();
            client.send("hello, dropped");
            assertThat(server.recording().awaitExchange(0).awaitEnd().receivedText())
                    .isEqualTo("hello");

            server.network(latency(Duration.ofMillis(1)));

            // more than the network and the system hold
            CompletableFuture.runAsync(() -> sendQuietly(client, 20 << 20)).get(30, TimeUnit.SECONDS);
            assertThat(last(server)).contains("closed by the client");
        }
    }

    @Test
    void verifyDoesNotWaitForInputThatNobodyReads() throws Exception {
        try (FakeServer server = start("tcp:?timeout=60s", latency(Duration.ofMillis(1)));
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.accept();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendQuietly(client, 3 << 20));
            server.recording().awaitExchange(0).await(one -> one.received().size() >= 1 << 20, Duration.ofSeconds(20));
            long begin = System.nanoTime();

            server.verify();

            assertThat(since(begin)).isLessThan(Duration.ofSeconds(30));
            assertThat(connection.receive(3 << 20)).hasSize(3 << 20);
            sending.get(20, TimeUnit.SECONDS);
        }
    }

    private static void sendQuietly(TestClient client, int bytes) {
        try {
            client.send("x".repeat(bytes));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void aFailedSendSaysThatTheConditionsLetTooLittlePass() throws IOException {
        try (FakeServer server = start("tcp:?timeout=100ms", bandwidth(1_000).toClient());
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.accept();

            assertThatThrownBy(() -> connection.send(new byte[4 << 20]))
                    .hasMessageMatching("the network conditions let too little pass in time; \\d+ bytes were not sent");
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streamsInClear")
    void closesAtOnceAndLeavesNothingBehind(String url) throws IOException {
        try (TestClient client = closedWithDelayedData(url)) {
            if (url.equals("tcp:")) {
                assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
            } else {
                assertThat(client.readToEnd()).isEmpty();
            }
        }
    }

    private static TestClient closedWithDelayedData(String url) throws IOException {
        try (FakeServer server = start(url, latency(Duration.ofHours(1)), send("never"))) {
            TestClient client = TestClient.connect(server);
            server.recording().awaitExchange(0).await(one -> one.has(Event.Kind.SENT), Duration.ofSeconds(20));
            long begin = System.nanoTime();
            server.close();
            assertThat(since(begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.equals(server.recording().title() + " network"));
            return client;
        }
    }

    @Test
    void aThousandConnectionsNeedNoFurtherThread() throws IOException {
        List<TestClient> clients = new ArrayList<>();
        try (FakeServer server = start("tcp:", latency(Duration.ofMillis(50)), echo())) {
            for (int i = 0; i < 200; i++) {
                clients.add(TestClient.connect(server).send("x"));
            }
            for (TestClient client : clients) {
                assertThat(client.read(1)).isEqualTo("x");
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .filteredOn(name -> name.startsWith(server.recording().title() + " "))
                    .filteredOn(name -> !name.contains(" connection "))
                    .containsExactlyInAnyOrder(
                            server.recording().title() + " listener",
                            server.recording().title() + " network");
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp: | loss 30% | over tcp, "loss 30%" is not possible: the system sends lost data of a stream again, so it only arrives later: use latency; to end the connection, use limit; to change data, use corrupt
            unix: | duplication 5% | over unix, "duplication 5%" is not possible: a stream has no datagrams; for streams there are latency, bandwidth, slice, coalesce, limit, stop-reading, blackhole and corrupt
            tls: | drop 1 | over tls, "drop 1" is not possible: a stream has no datagrams; for streams there are latency, bandwidth, slice, coalesce, limit, stop-reading, blackhole and corrupt
            unix: | limit 5 reset | over unix, "limit 5 reset" is not possible: Unix sockets have no RST; use limit 5 close
            udp: | limit 5 close | over udp, "limit 5 close" is not possible: datagrams have no connection that could end after a number of bytes; to lose datagrams, use drop or loss
            udp: | slice 1 | over udp, "slice 1" is not possible: a datagram arrives as a whole; to cut one, use truncate
            dtls: | coalesce 5ms | over dtls, "coalesce 5ms" is not possible: each datagram is a message, and two cannot become one
            udg: | stop-reading | over udg, "stop-reading" is not possible: a client does not wait until its datagrams are read; use loss 100% to server
            """)
    void refusesWhatATransportCannotHave(String url, String condition, String message) {
        NetworkCondition parsed = NetworkCondition.parse(condition);
        assertThatThrownBy(
                        () -> ServerSpec.parse(url).toBuilder().network(parsed).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> FakeServer.start(url, Script.parse("C: x\n@network " + condition)))
                .hasMessage(message);
        try (FakeServer server = FakeServer.start(url)) {
            assertThatThrownBy(() -> server.network(parsed)).hasMessage(message);
        }
    }
}

package io.socketharness.network;

import static io.socketharness.network.NetworkConditions.corruptAt;
import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.duplicateDatagrams;
import static io.socketharness.network.NetworkConditions.latency;
import static io.socketharness.network.NetworkConditions.loss;
import static io.socketharness.network.NetworkConditions.reordering;
import static io.socketharness.network.NetworkConditions.swapDatagrams;
import static io.socketharness.network.NetworkConditions.truncateDatagram;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.TestClient;
import io.socketharness.testing.UnixDatagramClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DatagramConditionsTest {

    private static FakeServer start(String url, NetworkCondition condition, Behaviour... steps) {
        return FakeServer.start(
                ServerSpec.parse(url).toBuilder().network(condition).seed(7).build(), steps);
    }

    private static void sendAll(TestClient.Udp client, String... datagrams) throws Exception {
        for (String datagram : datagrams) {
            client.send(datagram);
        }
    }

    private static List<String> received(FakeServer server, int count) {
        Exchange exchange = server.recording().awaitExchange(0);
        exchange.await(one -> one.receivedDatagrams().size() >= count, Duration.ofSeconds(20));
        return exchange.receivedDatagrams().stream().map(Bytes::text).collect(toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drop 1 3            | b d         | datagram 1 received, 1 byte (lost)
            duplicate 2         | a b b c d   | datagram 2 received, 1 byte (duplicated)
            swap 2 3            | a c b d     | datagram 2 received, 1 byte (overtaken)
            swap 1 4            | d b c a     | datagram 1 received, 1 byte (overtaken)
            truncate 3 to 0     | a b '' d    | datagram 3 received, 1 byte (truncated to 0 bytes)
            loss 100% burst 1   | b d         | datagram 3 received, 1 byte (lost)
            reordering 100%     | b a d c     | datagram 3 received, 1 byte (overtaken)
            duplication 100%    | a a b b c c d d | datagram 4 received, 1 byte (duplicated)
            """)
    void changesTheDatagramsOfAClient(String condition, String expected, String event) throws Exception {
        try (FakeServer server = start("udp:", NetworkCondition.parse(condition).toServer());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            sendAll(client, "a", "b", "c", "d");

            List<String> wanted = List.of(expected.replace("''", "").split(" ", -1));
            assertThat(received(server, wanted.size())).isEqualTo(wanted);
            assertThat(server.recording().exchanges().get(0).toString()).contains("network: " + event);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drop 1 3            | b d
            duplicate 2         | a b b c d
            swap 2 3            | a c b d
            reordering 100%     | b a d c
            """)
    void changesTheDatagramsOfAServer(String condition, String expected) throws Exception {
        for (String url : List.of("udp:", "udg:")) {
            Behaviour four = Script.parse("C: x\nS: a\nS: b\nS: c\nS: d");
            try (FakeServer server =
                    start(url, NetworkCondition.parse(condition).toClient(), four)) {
                List<String> datagrams = new ArrayList<>();
                if (url.equals("udp:")) {
                    try (TestClient.Udp client = TestClient.Udp.connect(server)) {
                        client.send("x");
                        for (int i = 0; i < expected.split(" ").length; i++) {
                            datagrams.add(client.receive());
                        }
                    }
                } else {
                    try (UnixDatagramClient client = UnixDatagramClient.named(server)) {
                        client.send("x");
                        for (int i = 0; i < expected.split(" ").length; i++) {
                            datagrams.add(client.receive());
                        }
                    }
                }
                assertThat(datagrams).containsExactly(expected.split(" "));
                server.verify();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, b a a c d", "2, c b b a d"})
    void swapsADatagramThatIsDuplicated(int duplicated, String expected) throws Exception {
        ServerSpec spec = ServerSpec.builder("udp")
                .network(
                        duplicateDatagrams(duplicated).toServer(),
                        swapDatagrams(1, duplicated + 1).toServer())
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            sendAll(client, "a", "b", "c", "d");
            assertThat(received(server, 5)).containsExactly(expected.split(" "));
        }
    }

    @Test
    void aDatagramThatNoOtherOvertakesLeavesAfterAWhile() throws Exception {
        for (NetworkCondition condition : List.of(swapDatagrams(1, 2), reordering(1))) {
            try (FakeServer server = start("udp:", condition.toServer(), echo());
                    TestClient.Udp client = TestClient.Udp.connect(server)) {
                long begin = System.nanoTime();
                client.send("alone");
                assertThat(client.receive()).isEqualTo("alone");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            }
        }
    }

    @Test
    void verifyWaitsForDatagramsOnTheirWayToTheServer() throws Exception {
        try (FakeServer server = start("udp:", latency(Duration.ofMillis(150)).toServer(), expectLine("a"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            sendAll(client, "a", "unexpected");
            assertThatThrownBy(server::verify).hasMessageContaining("received  unexpected");
        }
    }

    @Test
    void aConnectionWhoseDatagramsAreAllLostIsVisible() throws Exception {
        try (FakeServer server = start("udp:?timeout=200ms", loss(1).toServer(), expectLine("a"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");

            assertThat(server.recording()
                            .awaitExchange(0)
                            .await(
                                    one -> one.toString().contains("datagram 1 received, 1 byte (lost)"),
                                    Duration.ofSeconds(20)))
                    .isTrue();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "the script was not used within 200 ms: the network conditions let no datagram of a"
                                    + " client pass.");
        }
    }

    /** The decisions follow from the seed and the numbers alone: on every JDK, and at every speed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            loss 50%              | 3 5 8 12 13 14
            loss 50% burst 1      | 1 3 4 6 8 10 11 12 13 14 16
            reordering 50%        | 1 3 2 4 5 6 7 8 9 11 10 13 12 15 14 16
            """)
    void theSameSeedGivesTheSameDecisions(String condition, String expected) throws Exception {
        for (boolean fast : new boolean[] {true, false}) {
            try (FakeServer server =
                            start("udp:", NetworkCondition.parse(condition).toServer());
                    TestClient.Udp client = TestClient.Udp.connect(server)) {
                for (int i = 1; i <= 16; i++) {
                    client.send(String.valueOf(i));
                    if (!fast) {
                        Exchange exchange = server.recording().awaitExchange(0);
                        int sent = i;
                        exchange.await(one -> arrivedOrLost(one) >= sent - 1, Duration.ofSeconds(20));
                    }
                }
                Exchange exchange = server.recording().awaitExchange(0);
                exchange.await(one -> arrivedOrLost(one) == 16, Duration.ofSeconds(20));
                assertThat(exchange.receivedDatagrams().stream().map(Bytes::text))
                        .containsExactly(expected.split(" "));
            }
        }
    }

    @Test
    void equalConditionsDecideIndependently() throws Exception {
        ServerSpec spec = ServerSpec.builder("udp")
                .network(loss(0.5).toServer(), loss(0.5))
                .seed(7)
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            for (int i = 1; i <= 100; i++) {
                client.send(String.valueOf(i));
            }
            Exchange exchange = server.recording().awaitExchange(0);
            exchange.await(one -> arrivedOrLost(one) == 100, Duration.ofSeconds(20));
            assertThat(exchange.receivedDatagrams()).hasSizeBetween(10, 40);
        }
    }

    private static long arrivedOrLost(Exchange exchange) {
        return exchange.receivedDatagrams().size()
                + exchange.toString()
                        .lines()
                        .filter(line -> line.contains("(lost)"))
                        .count();
    }

    @ParameterizedTest
    @CsvSource({
        "drop 1, to client", "drop 1, to server", "drop 2 3, to client", "drop 2, to server",
        "latency 1200ms, to client", "duplicate 1 2, to client", "duplicate 1 2, to server", "swap 2 3, to client",
    })
    void aFlightOfADtlsHandshakeIsLostLateRepeatedOrOvertaken(String condition, String direction) throws Exception {
        try (FakeServer server = start(
                        "dtls:",
                        NetworkCondition.parse(condition + " " + direction),
                        expectLine("PING"),
                        sendLine("PONG"));
                DtlsClient client = DtlsClient.connect(server)) {
            client.send("PING");
            assertThat(client.receive()).isEqualTo("PONG");
            server.verify();
            assertThat(server.recording().exchanges().get(0).handshake()).isPresent();
        }
    }

    @Test
    void corruptsADatagram() throws Exception {
        try (FakeServer server = start("udp:", corruptAt(2).toServer());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("abc");
            byte[] received = server.recording()
                    .awaitExchange(0)
                    .awaitReceived("a")
                    .receivedDatagrams()
                    .get(0)
                    .toByteArray();
            assertThat(Integer.bitCount(received[1] ^ 'b')).isEqualTo(1);
        }
    }

    @Test
    void countsFromTheMomentWhenTheConditionTakesEffect() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("before");
            assertThat(client.receive()).isEqualTo("before");

            server.network(dropDatagrams(1).toServer(), duplicateDatagrams(1).toClient());
            sendAll(client, "lost", "twice");

            assertThat(client.receive()).isEqualTo("twice");
            assertThat(client.receive()).isEqualTo("twice");
        }
    }

    @Test
    void truncatesADatagramOfTheServer() throws Exception {
        try (FakeServer server = start("udp:", truncateDatagram(1, 2).toClient(), echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("abcdef");
            assertThat(client.receive()).isEqualTo("ab");
        }
    }
}

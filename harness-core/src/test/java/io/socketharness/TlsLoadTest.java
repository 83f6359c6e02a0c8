package io.socketharness;

import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.drip;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Much, many, slow and never read, through TLS. */
@Timeout(120)
class TlsLoadTest {

    private static final int LARGE = 8 << 20;

    @Test
    void servesTwoHundredClientsAtOnce() throws Exception {
        int clients = 200;
        try (FakeServer server = FakeServer.start(
                "tls:?timeout=60s",
                expectLineMatching("(?<n>.*)"),
                sendLine("you are ${n}"),
                expectLineMatching("bye ${n}"))) {
            ExecutorService pool = Executors.newFixedThreadPool(16);
            List<Future<TestClient>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(pool.submit(() -> TestClient.connect(server)));
            }
            pool.shutdown();
            for (int i = 0; i < clients; i++) {
                assertThat(all.get(i).get().send(i + "\n").readLine()).isEqualTo("you are " + i + "\r\n");
            }
            for (int i = 0; i < clients; i++) {
                all.get(i).get().send("bye " + i + "\n");
            }
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(clients);
            for (Future<TestClient> one : all) {
                one.get().close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2", "tlsv1.3"})
    void carriesMuchToASlowReader(String transport) throws IOException {
        byte[] much = bytes();
        try (FakeServer server = FakeServer.start(transport + ":?timeout=30s", send(much));
                TestClient client = TestClient.connect(server)) {
            int read = 0;
            for (int size : new int[] {1, 100_000, 16_384, 1_000_000, LARGE - 1_116_385}) {
                assertThat(Arrays.equals(client.readBytes(size), Arrays.copyOfRange(much, read, read + size)))
                        .isTrue();
                read += size;
                // a reader that is slow is what this is about
                LockSupport.parkNanos(50_000_000);
            }
            server.verify();
            assertThat(server.recording().exchanges().get(0).sent().size()).isEqualTo(LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2", "tlsv1.3"})
    void takesMuchFromAClient(String transport) throws IOException {
        byte[] much = bytes();
        try (FakeServer server = FakeServer.start(transport + ":?timeout=30s", discard());
                TestClient client = TestClient.connect(server)) {
            client.send(much).halfClose();
            Exchange exchange = server.recording().awaitExchange(0).awaitEnd();
            assertThat(exchange.received().size()).isEqualTo(LARGE);
            assertThat(exchange.isComplete()).isTrue();
        }
    }

    @Test
    void echoesMuchWhileItComes() throws Exception {
        byte[] much = bytes();
        try (FakeServer server = FakeServer.start("tls:?timeout=30s", echo());
                TestClient client = TestClient.connect(server)) {
            FutureTask<TestClient> sending = new FutureTask<>(() -> client.send(much));
            new Thread(sending).start();
            assertThat(Arrays.equals(client.readBytes(LARGE), much)).isTrue();
            assertThat(sending.get()).isSameAs(client);
        }
    }

    @Test
    void endsWhereTheClientNeverReads() throws IOException {
        FakeServer server = FakeServer.start("tls:?strict=false", send(new byte[16 << 20]));
        try (TestClient client = TestClient.connect(server)) {
            assertThat(client.read(1)).hasSize(1);
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void drips() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tls:", Script.of(drip(3, Duration.ofMillis(5)), sendLine("0123456789")));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("0123456789\r\n");
            server.verify();
            assertThat(server.recording().exchanges().get(0).events())
                    .filteredOn(event -> event.kind() == Event.Kind.SENT)
                    .extracting(event -> event.bytes().escaped())
                    .containsExactly("012", "345", "678", "9\\r\\n");
        }
    }

    @Test
    void frames() throws IOException {
        Script script = Script.parse("@frame length 2\nC< ping\nS< pong\n@frame until \\0\n@receive name\nS< ${name}!");
        try (FakeServer server = FakeServer.start("tls:", script);
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0, (byte) 4).sendByteByByte("ping");
            assertThat(client.read(6)).isEqualTo("\0\4pong");
            assertThat(client.send("anna\0").read(6)).isEqualTo("anna!\0");
            server.verify();
        }
    }

    @Test
    void theRecordingsLimitHoldsForWhatIsInClear() throws IOException {
        ServerSpec spec =
                ServerSpec.parse("tls:").toBuilder().recordingLimit(1_000).build();
        try (FakeServer server = FakeServer.start(spec, echo());
                TestClient client = TestClient.connect(server)) {
            String text = "x".repeat(600);
            assertThat(client.send(text).read(600)).isEqualTo(text);
            assertThat(client.send(text).read(600)).isEqualTo(text);
            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.isComplete()).isFalse();
            assertThat(exchange.toString()).contains("recording limit of 1000 bytes reached");
        }
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}

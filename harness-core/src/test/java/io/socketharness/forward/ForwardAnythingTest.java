package io.socketharness.forward;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Behaviour;
import io.socketharness.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random dialogues: both sides send bytes in random pieces at the same time, then end their output. Each side gets exactly
 * the bytes of the other one, and the recording has both.
 */
class ForwardAnythingTest {

    private static final List<String> STREAMS = List.of("tcp:", "tlsv1.3:", "unix:");

    @Property(tries = 60)
    void goesInAndComesOut(
            @ForAll @IntRange(max = 2) int front,
            @ForAll @IntRange(max = 2) int behind,
            @ForAll long seed,
            @ForAll @IntRange(max = 300_000) int request,
            @ForAll @IntRange(max = 300_000) int answer,
            @ForAll boolean sliced)
            throws Exception {
        byte[] sent = bytes(seed, request);
        byte[] returned = bytes(seed + 1, answer);
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        Behaviour peer = connection -> {
            for (byte[] piece : pieces(returned, new Random(seed))) {
                connection.send(piece);
            }
            connection.halfClose();
            List<byte[]> all = new ArrayList<>();
            while (!connection.atEnd()) {
                all.add(connection.receiveAvailable());
            }
            arrived.complete(concat(all));
        };
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (FakeServer real = FakeServer.start(STREAMS.get(behind), peer);
                FakeServer server = FakeServer.start(
                        STREAMS.get(front), forwardTo(real.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            if (sliced) {
                server.network(NetworkConditions.slice(1000));
            }
            Future<byte[]> reading = sender.submit(client::readBytesToEnd);
            send(client, sent, new Random(seed + 2));
            client.halfClose();

            assertThat(reading.get()).isEqualTo(returned);
            assertThat(arrived.get(20, TimeUnit.SECONDS)).isEqualTo(sent);
            real.verify();
            server.verify();
            assertThat(server.recording().exchanges().get(0).received().toByteArray())
                    .isEqualTo(sent);
            assertThat(server.recording().exchanges().get(0).sent().toByteArray())
                    .isEqualTo(returned);
        } finally {
            sender.shutdownNow();
        }
    }

    private static void send(TestClient client, byte[] all, Random random) throws IOException {
        for (byte[] piece : pieces(all, random)) {
            client.send(piece);
        }
    }

    private static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<byte[]> pieces(byte[] all, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int size = Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 100 : 100_000));
            pieces.add(Arrays.copyOfRange(all, at, at + size));
            at += size;
        }
        return pieces;
    }

    private static byte[] concat(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }
}

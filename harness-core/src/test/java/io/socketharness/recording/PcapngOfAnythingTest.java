package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random dialogues: what tshark follows is the recording, and each step has its comment. */
class PcapngOfAnythingTest {

    private static final List<String> STREAMS = List.of("tcp:", "tcp://[::1]:0", "tlsv1.3:", "unix:");
    private static final List<String> DATAGRAMS = List.of("udp:", "udp://[::1]:0");

    private enum End {
        CLIENT_CLOSES,
        CLIENT_HALF_CLOSES,
        CLIENT_RESETS,
        SERVER_CLOSES,
        SERVER_HALF_CLOSES,
        SERVER_RESETS
    }

    private record Turn(Bytes request, Bytes answer) {}

    private record Dialogue(List<Turn> turns, End end) {}

    @Property(tries = 12)
    void isItsRecording(
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int streams,
            @ForAll @IntRange(max = 1) int datagrams,
            @ForAll @IntRange(min = 1, max = 5) int connections)
            throws Exception {
        Random random = new Random(seed);
        Path directory = Files.createTempDirectory("pcapng");
        try (FakeServer stream = FakeServer.start(STREAMS.get(streams));
                FakeServer udp = FakeServer.start(DATAGRAMS.get(datagrams))) {
            for (int i = 0; i < connections; i++) {
                Dialogue dialogue = dialogue(random, 70_000, STREAMS.get(streams));
                stream.enqueue(script(dialogue, random));
                talk(stream, dialogue);
                Dialogue packets = dialogue(random, 9_000, DATAGRAMS.get(datagrams));
                udp.enqueue(script(packets, random));
                talkByDatagrams(udp, packets);
            }
            stream.verifyNoFailures();
            udp.verifyNoFailures();
            // the client may have the last message before the server has recorded its step
            awaitScripts(stream);
            awaitScripts(udp);

            Tshark tshark = Tshark.write(directory, stream, udp);
            assertThat(tshark.follow(connections, connections)).isEqualTo(recorded(stream, udp));
            assertThat(tshark.comments().stream().filter(comment -> comment.matches("step \\d+ of \\d+.*")))
                    .hasSize(steps(stream) + steps(udp));
            assertThat(tshark.fields("frame.time_delta < 0", "frame.number")).isEmpty();
            tshark.requireClean();
        } finally {
            Files.deleteIfExists(directory.resolve("recording.pcapng"));
            Files.delete(directory);
        }
    }

    private static Map<String, Tshark.Followed> recorded(FakeServer... servers) {
        Map<String, Tshark.Followed> recorded = new TreeMap<>();
        for (FakeServer server : servers) {
            for (Exchange exchange : server.recording().exchanges()) {
                recorded.put(
                        (exchange.isDatagrams() ? "udp " : "tcp ") + exchange.index(),
                        new Tshark.Followed(exchange.received(), exchange.sent()));
            }
        }
        return recorded;
    }

    private static void awaitScripts(FakeServer server) {
        for (Exchange exchange : server.recording().exchanges()) {
            assertThat(exchange.await(script -> script.has(Event.Kind.COMPLETED), Duration.ofSeconds(5)))
                    .isTrue();
        }
    }

    private static int steps(FakeServer server) {
        PublicRecordings data = new PublicRecordings(List.of(server.recording()));
        return data.exchanges(server.recording()).stream()
                .mapToInt(exchange -> data.steps(exchange).size())
                .sum();
    }

    private static Dialogue dialogue(Random random, int longest, String url) {
        List<Turn> turns = Stream.generate(() -> new Turn(bytes(random, longest), bytes(random, longest)))
                .limit(1 + random.nextInt(4))
                .toList();
        End end = End.values()[random.nextInt(End.values().length)];
        boolean isPossible =
                url.startsWith("tcp") || !url.startsWith("udp") && !end.name().endsWith("RESETS");
        return new Dialogue(turns, isPossible ? end : End.CLIENT_CLOSES);
    }

    private static Bytes bytes(Random random, int longest) {
        int[] sizes = {1, 2, 1 + random.nextInt(20), 1 + random.nextInt(2_000), 1 + random.nextInt(longest)};
        byte[] bytes = new byte[sizes[random.nextInt(sizes.length)]];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** In text, with blocks and settings. */
    private static Script script(Dialogue dialogue, Random random) {
        List<String> lines = new ArrayList<>();
        for (Turn turn : dialogue.turns()) {
            String received = "C! " + turn.request().hex();
            String sent = "S! " + turn.answer().hex();
            switch (random.nextInt(5)) {
                case 0 -> lines.addAll(List.of("@repeat 1", received, sent, "@end"));
                case 1 -> lines.addAll(List.of(received, "@delay 1ms", sent));
                case 2 ->
                    lines.addAll(List.of("@charset latin1", received, "@repeat 1", "@repeat 1", sent, "@end", "@end"));
                default -> lines.addAll(List.of(received, sent));
            }
        }
        switch (dialogue.end()) {
            case SERVER_CLOSES -> lines.add("@close");
            case SERVER_HALF_CLOSES -> lines.add("@half-close");
            case SERVER_RESETS -> lines.add("@reset");
            default -> {}
        }
        return Script.parse(String.join("\n", lines));
    }

    private static void talk(FakeServer server, Dialogue dialogue) throws IOException {
        int index = server.recording().exchanges().size();
        try (TestClient client = TestClient.connect(server)) {
            for (Turn turn : dialogue.turns()) {
                int half = turn.request().size() / 2;
                client.send(turn.request().slice(0, half).toByteArray());
                client.send(turn.request().slice(half, turn.request().size()).toByteArray());
                try {
                    client.readBytes(turn.answer().size());
                } catch (IOException reset) {
                    // the RST of the server removes what the client has not read
                    assertThat(dialogue.end()).isEqualTo(End.SERVER_RESETS);
                }
            }
            switch (dialogue.end()) {
                case CLIENT_HALF_CLOSES -> client.halfClose();
                case CLIENT_RESETS -> client.reset();
                case SERVER_CLOSES, SERVER_HALF_CLOSES -> client.readBytesToEnd();
                default -> {}
            }
        }
        server.recording().awaitExchange(index).awaitEnd();
    }

    private static void talkByDatagrams(FakeServer server, Dialogue dialogue) throws IOException {
        try (TestClient.Udp client = TestClient.Udp.connect(server)) {
            for (Turn turn : dialogue.turns()) {
                assertThat(client.send(turn.request().toByteArray()).receiveBytes())
                        .isEqualTo(turn.answer().toByteArray());
            }
        }
    }
}

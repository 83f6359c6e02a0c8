package io.socketharness.tape;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random dialogues: the tape of a real server gives a client the same bytes and ends as the real server, and the tape of the
 * replay is the same tape.
 */
class TapeOfAnythingTest {

    private static final List<String> STREAMS = List.of("tcp:", "tlsv1.3:", "unix:", "tcp://[::1]:0");
    private static final List<String> DATAGRAMS = List.of("udp:", "udp://[::1]:0");

    /** A request and its answer; the first request of a connection may be empty: then the server begins. */
    private record Turn(Bytes request, Bytes answer) {}

    private enum End {
        CLIENT_CLOSES,
        SERVER_CLOSES,
        CLIENT_HALF_CLOSES_FIRST
    }

    private record Dialogue(List<Turn> turns, End end, Bytes farewell) {}

    @Property(tries = 150)
    void isThatOfItsReplay(
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int recorded,
            @ForAll @IntRange(max = 3) int replayed,
            @ForAll @IntRange(min = 1, max = 3) int connections)
            throws Exception {
        Random random = new Random(seed);
        List<Dialogue> dialogues = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            dialogues.add(dialogue(random));
        }
        Tape tape;
        List<Bytes> sent;
        try (FakeServer real = FakeServer.start("tcp:");
                FakeServer server = FakeServer.start(
                        STREAMS.get(recorded), forwardTo(real.uri().toString()))) {
            for (Dialogue dialogue : dialogues) {
                real.enqueue(peer(dialogue));
                try (TestClient client = TestClient.connect(server)) {
                    talk(client, dialogue);
                }
                server.recording()
                        .awaitExchange(server.recording().exchanges().size() - 1)
                        .awaitEnd();
            }
            server.verify();
            real.verify();
            tape = Tape.of(server.recording());
            sent = server.recording().exchanges().stream().map(Exchange::sent).toList();
        }
        assertThat(Tape.parse(tape.toString())).isEqualTo(tape);

        try (FakeServer server = FakeServer.start(STREAMS.get(replayed), tape)) {
            for (Dialogue dialogue : dialogues) {
                try (TestClient client = TestClient.connect(server)) {
                    talk(client, dialogue);
                }
                server.recording()
                        .awaitExchange(server.recording().exchanges().size() - 1)
                        .awaitEnd();
            }
            server.verify();
            assertThat(server.recording().exchanges())
                    .extracting(Exchange::sent)
                    .isEqualTo(sent);
            assertThat(steps(Tape.of(server.recording()))).isEqualTo(steps(tape));
        }
    }

    /** Without pauses, which a slow machine makes, and without the transport. */
    private static String steps(Tape tape) {
        return tape.toString().replaceAll("(?m)^# .* later\n|(?<=^@connection) \\w+", "");
    }

    private static Dialogue dialogue(Random random) {
        List<Turn> turns = new ArrayList<>();
        boolean serverFirst = random.nextInt(3) == 0;
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            turns.add(new Turn(i == 0 && serverFirst ? Bytes.of() : message(random), message(random)));
        }
        End end = End.values()[random.nextInt(3)];
        return new Dialogue(turns, end, message(random));
    }

    private static Bytes message(Random random) {
        return Bytes.of(
                switch (random.nextInt(7)) {
                    case 0 -> text(random.nextInt(100) + " words\r\n");
                    case 1 -> text("line " + random.nextInt(10) + "\n");
                    case 2 -> text("${x} $${y} \\n #\"'[2] ä日" + random.nextInt(100) + "\r\n  indented\r\n\r\n");
                    case 3 -> text("no end " + random.nextInt(1000));
                    case 4 -> binary(random, 1 + random.nextInt(20));
                    case 5 -> binary(random, 1 + random.nextInt(3_000));
                    default ->
                        join(
                                text("HEAD " + random.nextInt(9) + "\r\n"),
                                binary(random, random.nextInt(400)),
                                text("\r\n"));
                });
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static Behaviour peer(Dialogue dialogue) {
        return connection -> {
            for (Turn turn : dialogue.turns()) {
                assertThat(connection.receive(turn.request().size()))
                        .isEqualTo(turn.request().toByteArray());
                connection.send(turn.answer().toByteArray());
            }
            switch (dialogue.end()) {
                case CLIENT_CLOSES -> connection.receiveToEnd();
                case SERVER_CLOSES -> connection.close();
                case CLIENT_HALF_CLOSES_FIRST -> {
                    connection.receiveToEnd();
                    connection.send(dialogue.farewell().toByteArray());
                }
            }
        };
    }

    private static void talk(TestClient client, Dialogue dialogue) throws IOException {
        for (Turn turn : dialogue.turns()) {
            client.send(turn.request().toByteArray());
            assertThat(client.readBytes(turn.answer().size()))
                    .isEqualTo(turn.answer().toByteArray());
        }
        switch (dialogue.end()) {
            case CLIENT_CLOSES -> {}
            case SERVER_CLOSES -> assertThat(client.readBytesToEnd()).isEmpty();
            case CLIENT_HALF_CLOSES_FIRST -> {
                client.halfClose();
                assertThat(client.readBytesToEnd())
                        .isEqualTo(dialogue.farewell().toByteArray());
            }
        }
    }

    @Property(tries = 60)
    void isThatOfItsReplayOnDatagrams(
            @ForAll long seed,
            @ForAll @IntRange(max = 1) int recorded,
            @ForAll @IntRange(max = 1) int replayed,
            @ForAll @IntRange(min = 1, max = 3) int clients)
            throws Exception {
        Random random = new Random(seed);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            turns.add(new Turn(message(random), message(random)));
        }
        Tape tape;
        try (FakeServer real = FakeServer.start("udp:");
                FakeServer server = FakeServer.start(
                        DATAGRAMS.get(recorded), forwardTo(real.uri().toString()))) {
            for (Turn turn : turns) {
                real.enqueue(connection -> {
                    connection.receiveDatagram();
                    connection.send(turn.answer().toByteArray());
                });
                talk(server, turn);
            }
            server.verify();
            tape = Tape.of(server.recording());
        }
        assertThat(Tape.parse(tape.toString())).isEqualTo(tape);

        try (FakeServer server = FakeServer.start(DATAGRAMS.get(replayed), tape)) {
            for (Turn turn : turns) {
                talk(server, turn);
            }
            server.verify();
            assertThat(steps(Tape.of(server.recording()))).isEqualTo(steps(tape));
            assertThat(server.recording().exchanges()).allSatisfy(TapeOfAnythingTest::hasOneTurn);
        }
    }

    private static void hasOneTurn(Exchange exchange) {
        assertThat(exchange.events())
                .extracting(Event::kind)
                .filteredOn(kind -> kind == Event.Kind.SENT || kind == Event.Kind.RECEIVED)
                .containsExactly(Event.Kind.RECEIVED, Event.Kind.SENT);
    }

    private static void talk(FakeServer server, Turn turn) throws IOException {
        try (TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertThat(client.send(turn.request().toByteArray()).receiveBytes())
                    .isEqualTo(turn.answer().toByteArray());
        }
    }
}

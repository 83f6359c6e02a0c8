package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** A recorded exchange as a script replays it: the same bytes go both ways. */
class ReplayTest {

    /** What one side sends. */
    record Message(boolean fromClient, Bytes content) {
        byte[] bytes() {
            return content.toByteArray();
        }

        @Override
        public String toString() {
            return (fromClient ? "C< " : "S< ") + content.escaped();
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void aStream(@ForAll("dialogues") List<Message> dialogue) throws IOException {
        String script;
        try (FakeServer server = FakeServer.start("tcp:", connection -> {
                    for (Message message : dialogue) {
                        if (message.fromClient()) {
                            connection.receive(message.bytes().length);
                        } else {
                            connection.send(message.bytes());
                        }
                    }
                });
                TestClient client = TestClient.connect(server)) {
            talk(client, dialogue);
            server.verify();
            script = server.recording().awaitExchange(0).toScript();
        }
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            talk(client, dialogue);
            server.verify();
            Exchange replayed = server.recording().awaitExchange(0);
            assertThat(replayed.received()).isEqualTo(all(dialogue, true));
            assertThat(replayed.sent()).isEqualTo(all(dialogue, false));
        }
    }

    private static void talk(TestClient client, List<Message> dialogue) throws IOException {
        for (Message message : dialogue) {
            if (message.fromClient()) {
                client.send(message.bytes());
            } else {
                assertThat(client.readBytes(message.bytes().length)).isEqualTo(message.bytes());
            }
        }
        client.halfClose();
        assertThat(client.readToEnd()).isEmpty();
    }

    private static Bytes all(List<Message> dialogue, boolean fromClient) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        dialogue.stream().filter(m -> m.fromClient() == fromClient).forEach(m -> all.writeBytes(m.bytes()));
        return Bytes.of(all.toByteArray());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void datagrams(@ForAll("dialogues") List<Message> messages) throws IOException {
        List<Message> dialogue = new ArrayList<>(messages);
        dialogue.add(0, new Message(true, Bytes.ofText("a")));
        String script;
        try (FakeServer server = FakeServer.start("udp:", connection -> {
                    for (Message message : dialogue) {
                        if (message.fromClient()) {
                            connection.receiveDatagram();
                        } else {
                            connection.send(message.bytes());
                        }
                    }
                });
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            talk(client, dialogue);
            server.verify();
            script = server.recording().awaitExchange(0).toScript();
        }
        try (FakeServer server = FakeServer.start("udp:", Script.parse(script));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            talk(client, dialogue);
            server.verify();
        }
    }

    private static void talk(TestClient.Udp client, List<Message> dialogue) throws IOException {
        for (Message message : dialogue) {
            if (message.fromClient()) {
                client.send(message.bytes());
            } else {
                assertThat(client.receiveBytes()).isEqualTo(message.bytes());
            }
        }
    }

    @Provide
    Arbitrary<List<Message>> dialogues() {
        Arbitrary<String> pieces = Arbitraries.of(
                "\r\n",
                "\r\n",
                "\n",
                "\n",
                "\r",
                " ",
                "\t",
                "PING",
                "${host}",
                "$${",
                "${",
                "$",
                "}",
                "\\",
                "\\r",
                "#",
                "é",
                "漢",
                "\0",
                "\u0001",
                "\u0085",
                "220 ok\r\n",
                " a\r\n",
                "@end\n");
        Arbitrary<byte[]> text = pieces.list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> binary =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(600);
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.oneOf(text, text, text, binary))
                .as((fromClient, bytes) -> new Message(fromClient, Bytes.of(bytes)))
                .list()
                .ofMaxSize(8);
    }

    @Test
    void inputAfterTheEndIsAComment() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", Script.parse("C: a\nS: b\n@close"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertThat(client.send("a").receive()).isEqualTo("b");
            assertThat(server.recording().awaitExchange(0).await(e -> e.has(Event.Kind.CLOSED), Duration.ofSeconds(20)))
                    .isTrue();
            client.send("late");
            String script = server.recording().awaitReceived("late").toScript();

            assertThat(Script.parse(script)).hasToString("C: a\nS: b\n@close\n");
            assertThat(script).endsWith("\n# C: late\n");
        }
    }
}

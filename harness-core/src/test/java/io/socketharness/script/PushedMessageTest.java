package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages from other threads than the one that serves a connection, in the framing of its script. */
@Timeout(60)
class PushedMessageTest {

    @Test
    void haveTheFramingThatFollowsTheScriptsLastSend() throws IOException {
        Script script = Script.parse("""
                C: UPGRADE
                S: OK
                @frame length 2
                C< bye
                """);
        // each round is a race of the test against the steps after the answer
        for (int i = 0; i < 200; i++) {
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("UPGRADE\n").readLine()).isEqualTo("OK\r\n");

                server.connection(0).sendMessage(bytes("event"));

                assertThat(client.read(7)).isEqualTo("\0\u0005event");
                client.send("\0\u0003bye");
                server.verify();
            }
        }
    }

    @Test
    void haveTheFramingThatPrecedesTheFirstStep() throws IOException {
        for (int i = 0; i < 200; i++) {
            try (FakeServer server = FakeServer.start("tcp:", frame(Framing.length(1)), expect("bye"));
                    TestClient client = TestClient.connect(server)) {
                server.connection(0).sendMessage(bytes("event"));

                assertThat(client.read(6)).isEqualTo("\u0005event");
                client.send("\u0003bye");
                server.verify();
            }
        }
    }

    @Test
    void haveTheFramingOfTheBlockThatWaits() throws IOException {
        Script script = Script.parse("""
                @forever
                  @frame length 1
                  C< ask
                  S< answer
                @end
                """);
        for (int i = 0; i < 200; i++) {
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                client.send("\u0003ask");
                assertThat(client.read(7)).isEqualTo("\u0006answer");

                server.connection(0).sendMessage(bytes("event"));

                assertThat(client.read(6)).isEqualTo("\u0005event");
            }
        }
    }

    @Test
    void haveNoFramingAfterItsBlock() throws IOException {
        Script script = Script.parse("""
                @repeat 1
                  @frame length 1
                  C< ask
                  S< answer
                @end
                C: bye
                """);
        for (int i = 0; i < 200; i++) {
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                client.send("\u0003ask");
                assertThat(client.read(7)).isEqualTo("\u0006answer");

                server.connection(0).sendMessage(bytes("event"));

                assertThat(client.read(5)).isEqualTo("event");
                client.send("bye\n");
                server.verify();
            }
        }
    }

    @Test
    void haveTheEndOfLineAndTheCharsetOfTheScript() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        expectLine("go"),
                        sendLine("ok"),
                        eol(Eol.LF),
                        charset(StandardCharsets.ISO_8859_1),
                        expectLine("bye"));
                TestClient client = TestClient.connect(server)) {
            client.send("go\n").readLine();
            Connection connection = server.connection(0);

            connection.sendLine("é");

            assertThat(client.readBytes(2)).containsExactly(0xe9, '\n');
            assertThat(connection.eol()).isEqualTo(Eol.LF);
            assertThat(connection.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void keepAFramingThatTheTestSets() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", frame(Framing.length(2)), expect("bye"));
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.connection(0);

            connection.useFraming(Framing.length(1));
            connection.sendMessage(bytes("a"));

            assertThat(client.read(2)).isEqualTo("\u0001a");
            client.send("\0\u0003bye");
            server.verify();
        }
    }

    @Test
    void haveTheFramingOfAnAcceptedConnection() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            Connection held = server.accept();
            held.useFraming(Framing.length(1));
            held.sendMessage(bytes("a"));

            server.connection(0).sendMessage(bytes("b"));
            server.broadcastMessage(bytes("c"));

            assertThat(client.read(6)).isEqualTo("\u0001a\u0001b\u0001c");
        }
    }

    @Test
    void goToAllConnectionsEachInItsFraming() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.enqueue(sendLine("a"), frame(Framing.length(1)), expect("bye"));
            server.enqueue(sendLine("b"), frame(Framing.until((byte) 0)), expect("bye"));
            server.enqueue(sendLine("c"), expectLine("bye"));
            try (TestClient a = TestClient.connect(server);
                    TestClient b = TestClient.connect(server);
                    TestClient c = TestClient.connect(server)) {
                assertThat(a.readLine()).isEqualTo("a\r\n");
                assertThat(b.readLine()).isEqualTo("b\r\n");
                assertThat(c.readLine()).isEqualTo("c\r\n");

                server.broadcastMessage(bytes("event"));

                assertThat(a.read(6)).isEqualTo("\u0005event");
                assertThat(b.read(6)).isEqualTo("event\0");
                a.send("\u0003bye");
                b.send("bye\0");
                c.send("bye\n");
                server.verify();
                assertThat(server.recording().awaitExchange(2).events())
                        .filteredOn(event -> event.kind() == Event.Kind.NOT_SENT)
                        .extracting(Event::detail)
                        .containsExactly("broadcast not sent: the connection has no framing");
                assertThat(server.recording().awaitExchange(0).toString()).contains("S< event");
            }
        }
    }

    /** The cancel request of PostgreSQL: a second connection ends the query of the first. */
    @Test
    void goFromTheScriptOfAnotherConnection() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.enqueue(Script.parse("""
                    @frame length 4
                    C< query
                    S< started
                    C< bye
                    """));
            server.enqueue(Script.parse("""
                    C: CANCEL
                    @broadcast-hex "E" 00 "canceled"
                    @close
                    """));
            try (TestClient query = TestClient.connect(server)) {
                query.send("\0\0\0\u0005query");
                assertThat(query.read(11)).isEqualTo("\0\0\0\u0007started");
                try (TestClient cancel = TestClient.connect(server)) {
                    assertThat(cancel.send("CANCEL\n").readToEnd()).isEmpty();
                }
                assertThat(query.read(14)).isEqualTo("\0\0\0\nE\0canceled");
                query.send("\0\0\0\u0003bye");
                server.verify();
            }
        }
    }

    @Test
    void doNotDivideAMessageOfTheScript() throws Exception {
        byte[] large = new byte[1 << 20];
        CountDownLatch begun = new CountDownLatch(1);
        try (FakeServer server = FakeServer.start("tcp:", frame(Framing.length(4)), connection -> {
                    begun.countDown();
                    connection.sendMessage(large);
                });
                TestClient client = TestClient.connect(server)) {
            begun.await();
            Thread push = new Thread(() -> server.connection(0).sendMessage(bytes("event")));
            push.start();

            Bytes all = Bytes.of(client.readBytes(4 + large.length + 4 + 5));
            push.join();
            assertThat(all.slice(0, 9).hex())
                    .isIn(
                            "00 10 00 00 00 00 00 00 00",
                            "00 00 00 05 " + Bytes.ofText("event").hex());
            server.verify();
        }
    }

    /** Otherwise a test could take messages from the script without noticing. */
    @Test
    void areTheOnlyUseOfAConnectionThatAScriptServes() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"), sendLine("b"));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(() -> server.connection(0).receiveLine())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("connection 0 is served by a script, and only the script receives on it; to receive in"
                            + " the test, start the server without a script and call accept(); to see what arrived,"
                            + " read the recording");
            assertThatThrownBy(() -> server.connection(0).discardAvailable()).isInstanceOf(IllegalStateException.class);

            assertThat(client.send("a\n").readLine()).isEqualTo("b\r\n");
            server.verify();
        }
    }

    @Test
    void mustFitTheFraming() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", frame(Framing.length(1)), expect("bye"));
                TestClient client = TestClient.connect(server)) {
            server.recording().awaitExchange(0);

            assertThatThrownBy(() -> server.connection(0).sendMessage(new byte[256]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> server.broadcastMessage(new byte[256]))
                    .isInstanceOf(IllegalArgumentException.class);

            server.broadcastMessage(bytes("a"));
            assertThat(client.read(2)).isEqualTo("\u0001a");
            client.send("\u0003bye");
            server.verify();
        }
    }

    @Test
    void areSentToAWebSocketThatHasJustBeenOpened() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (FakeServer server = FakeServer.start("tcp:", webSocket(), expectHex("81 \"bye\""));
                    WebSocketClient client = WebSocketClient.open(server)) {

                server.broadcastMessage(Bytes.parseHex("81 68 69").toByteArray());

                assertThat(client.awaitText()).isEqualTo("hi");
                client.send("bye");
                server.verify();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sending and expecting lines, text and bytes, and what variables do. */
class MessagesTest {

    @Test
    void sendsLinesTextBytesAndFiles() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        sendLine("line"),
                        send("text"),
                        send(new byte[] {'b', 'y'}),
                        sendResource(MessagesTest.class, "greeting.txt"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.read(24)).isEqualTo("line\r\ntextbyfrom a file\n");
        }
    }

    @Test
    void expectsLinesHoweverTheyComeAndEnd() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", repeat(3, expectLine("a"), expectLine("")), sendLine("ok"));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("a\r\n\n").send("a\n\r\na\r\n\r\n");

            assertThat(client.readLine()).isEqualTo("ok\r\n");
            server.verify();
        }
    }

    @Test
    void namedGroupsBecomeVariables() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        expectLineMatching("EHLO (?<name>\\S+)( (?<more>.*))?"),
                        sendLine("hello ${name}<${more}> at ${host}:${port}"),
                        expectLineMatching("${name}\\d"));
                TestClient client = TestClient.connect(server)) {
            client.send("EHLO a.b*\r\n");
            assertThat(client.readLine()).isEqualTo("hello a.b*<> at 127.0.0.1:" + server.port() + "\r\n");

            client.send("a.b*1\n");
            server.verify();
        }
    }

    @Test
    void expectsTextAndBytesInAnyPieces() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expect("one"), expect(new byte[] {0, -1}), sendLine("ok"));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("on").send("e").send((byte) 0, (byte) -1);

            assertThat(client.readLine()).isEqualTo("ok\r\n");
            server.verify();
        }
    }

    @Test
    void failsAtTheFirstByteThatDiffers() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expect("a very long message"));
                TestClient client = TestClient.connect(server)) {
            client.send("a vex");

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server)).contains("received  a vex\n                ^ byte 4\n");
        }
    }

    @Test
    void binaryMessagesComeBackAsTheyWere() throws IOException {
        byte[] id = {0, (byte) 0xff, '\r', (byte) 0xc3, '$'};
        try (FakeServer server = FakeServer.start("tcp:", receive(5, "id"), send("<${id}>"), broadcast("${id}"));
                TestClient client = TestClient.connect(server)) {
            client.send(id);

            assertThat(client.readBytes(14)).isEqualTo(new byte[] {
                '<', 0, (byte) 0xff, '\r', (byte) 0xc3, '$', '>', 0, (byte) 0xff, '\r', (byte) 0xc3, '$', '\r', '\n'
            });
            server.verify();
        }
    }

    @Test
    void receiveTakesALineWithoutAFraming() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", receive("what"), receive(""), sendLine("${what}!"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\nb\n");

            assertThat(client.readLine()).isEqualTo("a!\r\n");
            server.verify();
        }
    }

    @Test
    void repliesWithTheResultOfAFunction() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", forever(reply(line -> line.toUpperCase(java.util.Locale.ROOT))));
                TestClient client = TestClient.connect(server)) {
            client.send("abc\n");
            assertThat(client.readLine()).isEqualTo("ABC\r\n");
            client.send("def\r\n");
            assertThat(client.readLine()).isEqualTo("DEF\r\n");
            client.close();
            server.verify();
        }
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    @Test
    void repliesWithBytesInTheFraming() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", frame(Framing.length(1)), forever(replyBytes(MessagesTest::reversed)));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 3, (byte) 0xff, (byte) 0, (byte) '\n', (byte) 0);

            assertThat(client.readBytes(5)).isEqualTo(new byte[] {3, '\n', 0, (byte) 0xff, 0});
            client.close();
            server.verify();
        }
    }

    @Test
    void repliesWithBytesAsALineWithoutAFraming() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", repeat(2, replyBytes(MessagesTest::reversed)), eol(Eol.LF), replyBytes(x -> x));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0xff, (byte) 0xfe, (byte) '\r', (byte) '\n').send("ab\n\n");

            assertThat(client.readBytes(4)).isEqualTo(new byte[] {(byte) 0xfe, (byte) 0xff, '\r', '\n'});
            assertThat(client.readLine()).isEqualTo("ba\r\n");
            assertThat(client.readLine()).isEqualTo("\n");
            server.verify();
        }
    }

    @Test
    void repliesToADatagramWithADatagram() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", forever(replyBytes(MessagesTest::reversed)));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send((byte) 0xff, (byte) '\n', (byte) 0).send(new byte[0]);

            assertThat(client.receiveBytes()).isEqualTo(new byte[] {0, '\n', (byte) 0xff});
            assertThat(client.receiveBytes()).isEmpty();
            server.verify();
        }
    }

    @Test
    void aReplyThatIsNullFails() throws IOException {
        List<Behaviour> replies = List.of(reply(MessagesTest::none), replyBytes(MessagesTest::none));
        for (Behaviour reply : replies) {
            try (FakeServer server = FakeServer.start("tcp:", reply);
                    TestClient client = TestClient.connect(server)) {
                client.send("what\n").readToEnd();

                assertThat(Reports.of(server))
                        .contains("  the function of the reply returned null; it must return a reply, which may be"
                                + " empty\n");
            }
        }
    }

    @SuppressWarnings("NullAway") // as code without annotations may do
    private static <T> T none(T message) {
        return null;
    }

    @Test
    void aDatagramIsALineAMessageOrItsBeginning() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "udp:",
                        expectLine("line"),
                        expect("text"),
                        expectLineMatching("(?<x>.)."),
                        receive("all"),
                        receive(2, "some"),
                        expect(new byte[0]),
                        reply(x -> x + "!"),
                        sendLine("${x} ${all} ${some}"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            for (String datagram : new String[] {"line", "text", "xy", "a\nb", "1234", "", "what"}) {
                client.send(datagram);
            }

            server.verify();
            assertThat(client.receive()).isEqualTo("what!");
            assertThat(client.receive()).isEqualTo("x a\nb 12");
            server.verify();
        }
    }

    @Test
    void endsOfLinesAreAsTheScriptSays() throws IOException {
        Script script = Script.parse("""
                S: a
                @eol lf
                S: b
                @repeat 1
                  @eol none
                  S: c
                @end
                S: d
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.read(8)).isEqualTo("a\r\nb\ncd\n");
        }
    }

    @Test
    void textIsInTheCharsetThatTheScriptSays() throws IOException {
        Script script = Script.parse("""
                @charset latin1
                S: grün
                C: grün
                C~ (?<word>gr.n)
                S< ${word}
                @charset utf-8
                S< ${word}
                """);
        byte[] latin1 = "grün\r\ngrün".getBytes(StandardCharsets.ISO_8859_1);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("grün\ngrün\n".getBytes(StandardCharsets.ISO_8859_1));

            assertThat(client.readBytes(latin1.length)).isEqualTo(latin1);
            assertThat(client.read(5)).isEqualTo("grün");
            server.verify();
        }
    }

    @Test
    void aResourceMayHoldTheScript() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.resource(MessagesTest.class, "greeting.script"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("hello\r\nfrom a file\n");
        }
    }

    @Test
    void aResourceMayReferToVariables() throws IOException {
        Script script = Script.resource(MessagesTest.class, "named.script", Map.of("who", "ann"));
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("hello ann\r\nfrom a file\n");
        }
    }
}

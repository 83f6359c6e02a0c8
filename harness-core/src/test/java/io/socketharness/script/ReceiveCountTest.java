package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Bytes;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receive whose length is in a variable. */
class ReceiveCountTest {

    private static final String STORE = """
            C~ set (?<key>\\w+) (?<size>.*)
            @receive ${size} data
            C:
            S: ${key}=${data}.
            """;

    @ParameterizedTest
    @CsvSource({"5, hello", "0, ''", "0012, twelve bytes", "1, x"})
    void receivesAsManyBytesAsACapturedTextSays(String size, String data) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(STORE));
                TestClient client = TestClient.connect(server)) {
            String padded = data + "!".repeat(Integer.parseInt(size) - data.length());
            client.sendByteByByte("set k " + size + "\r\n" + padded + "\r\n");

            assertThat(client.readLine()).isEqualTo("k=" + padded + ".\r\n");
            server.verify();
        }
    }

    @Test
    void dataMayContainLineBreaks() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(STORE));
                TestClient client = TestClient.connect(server)) {
            client.send("set k 4\r\n\r\n\r\n\r\n");

            assertThat(client.readLine()).isEqualTo("k=\r\n");
            assertThat(client.readLine()).isEqualTo("\r\n");
            assertThat(client.readLine()).isEqualTo(".\r\n");
            server.verify();
        }
    }

    @Test
    void receivesAsManyBytesAsCapturedBytesSay() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", expectHex("[2 n] \":\""), receiveCount("n", "data"), send("${data}"));
                TestClient client = TestClient.connect(server)) {
            client.send("11:hello world");

            assertThat(client.read(11)).isEqualTo("hello world");
            server.verify();
        }
    }

    @Test
    void countsInTheCharsetOfTheConnection() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", Script.parse("@charset utf-16be\nC! [4 n]\n@receive ${n} data\nS! ${data}"));
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {0, '0', 0, '3', 1, 2, 3});

            assertThat(client.readBytes(3)).isEqualTo(new byte[] {1, 2, 3});
            server.verify();
        }
    }

    @Test
    void codeMaySetTheNumber() throws IOException {
        Behaviour length =
                connection -> connection.variables().put("n", connection.receive(1)[0] - 1); // an Integer
        try (FakeServer server = FakeServer.start("tcp:", length, receiveCount("n", ""), sendLine("ok"), expect("z"));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 3, (byte) 'x', (byte) 'y', (byte) 'z');

            assertThat(client.readLine()).isEqualTo("ok\r\n");
            server.verify();
        }
    }

    @Test
    void fixedNumberIsAPartOfTheScript() throws IOException {
        Script script = Script.parse("@receive ${n} data\nS: ${data}", Map.of("n", "3"));

        assertThat(script).hasToString("@receive 3 data\nS: ${data}\n").isEqualTo(Script.parse(script.toString()));
        assertThat(Script.parse("@receive ${n}", Map.of("n", "0"))).hasToString("@receive 0\n");
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("abc").readLine()).isEqualTo("abc\r\n");
            server.verify();
        }
    }

    @Test
    void beginsAnOptionalBlock() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", Script.parse("C~ (?<n>\\d)\n@maybe\n@receive ${n} data\nS: ${data}\n@end"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("3\nabc").readLine()).isEqualTo("abc\r\n");
            server.verify();
        }
    }

    @Test
    void receivesTheBeginningOfADatagram() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "udp:", expectLineMatching("(?<n>\\d)"), receiveCount("n", "data"), sendLine("${data}"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("3").send("abcdef");

            assertThat(client.receive()).isEqualTo("abc");
            server.verify();
        }
    }

    @Test
    void refusesABinaryLength() throws IOException {
        Script script = Script.parse("C! [2 n]\n@receive ${n} data\nS: ok");
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0, (byte) 12).readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                    tcp://127.0.0.1:PORT, connection 0: step 2 of 3 failed

                      ${n} is 00 0c, but @receive needs a number of bytes in decimal digits; for a binary length, use \
                    @frame length or Java code

                      dialogue  TIME  opened by 127.0.0.1:PORT
                        C! 00 0c  TIME
                      not reached
                        @receive ${n} data              <- here
                        S: ok
                    """);
        }
    }

    @ParameterizedTest
    @CsvSource({"many, \"many\"", "-1, \"-1\"", "'', \"\"", "'1 ', \"1 \"", "١, \"١\"", "'1\t', \"1\\t\""})
    void refusesTextThatIsNoNumber(String size, String shown) throws IOException {
        refuses(
                size,
                "${size} is " + shown + ", but @receive needs a number of bytes in decimal digits; for a binary"
                        + " length, use @frame length or Java code");
    }

    @Test
    void shortensALongTextThatIsNoNumber() throws IOException {
        refuses(
                "x".repeat(1_000),
                "${size} is \"" + "x".repeat(40) + "\"… (1000 bytes), but @receive needs a number of bytes in decimal"
                        + " digits; for a binary length, use @frame length or Java code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1048577", "999999999", "2147483648", "9223372036854775808"})
    void refusesMoreThanTheLimit(String size) throws IOException {
        refuses(
                size,
                "${size} is " + size + ", but @receive can receive up to 1048576 bytes; the limit can be set"
                        + " with messageLimit");
    }

    @Test
    void shortensAVeryLongNumber() throws IOException {
        refuses(
                "9".repeat(1_000),
                "${size} is \"" + "9".repeat(40) + "\"… (1000 bytes), but @receive can receive up to 1048576 bytes; the"
                        + " limit can be set with messageLimit");
    }

    private static void refuses(String size, String message) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C~ (?s)(?<size>.*)\n@receive ${size}"));
                TestClient client = TestClient.connect(server)) {
            client.send(size + "\n").readToEnd();

            assertThat(Reports.of(server)).contains("step 2 of 2 failed\n\n  " + message + "\n\n");
        }
    }

    @Test
    void theServersLimitCounts() throws IOException {
        ServerSpec spec = ServerSpec.parse("tcp:").toBuilder()
                .messageLimit(10)
                .script(Script.parse("C~ (?<n>\\d+)\n@receive ${n}\nC~ (?<n>\\d+)\n@receive ${n}"))
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient client = TestClient.connect(server)) {
            client.send("10\n" + "x".repeat(10) + "11\n").readToEnd();

            assertThat(Reports.of(server))
                    .contains("step 4 of 4 failed\n\n  ${n} is 11, but @receive can receive up to 10 bytes; the"
                            + " limit can be set with messageLimit\n");
        }
    }

    @Test
    void unknownVariableOfAScriptInJavaFailsTheStep() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", receive("size"), receiveCount("sizes", "data"));
                TestClient client = TestClient.connect(server)) {
            client.send("1\n").readToEnd();

            assertThat(Reports.of(server)).contains("  unknown variable ${sizes}; did you mean size?\n");
        }
    }

    @Test
    void aClientThatSendsLessIsReportedWithTheNumber() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(STORE));
                TestClient client = TestClient.connect(server)) {
            client.send("set k 12\r\nhello").halfClose().readToEnd();

            assertThat(Reports.of(server))
                    .contains("step 2 of 4 failed\n\n  the client closed the connection while the server waited for 12"
                            + " bytes (the value of ${size}); 5 bytes arrived\n");
        }
    }

    @Test
    void aClientThatSendsTooLateIsReportedWithTheVariable() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", Script.parse(STORE));
                TestClient client = TestClient.connect(server)) {
            client.send("set k 12\r\n");
            server.recording().awaitExchange(0).awaitReceived("set k 12\r\n");

            assertThat(Reports.of(server)).contains("  12 bytes (the value of ${size}) did not arrive within 100 ms\n");
        }
    }

    @Test
    void isEqualToItsTextForm() {
        assertThat(Script.of(receive("n"), receiveCount("n", "data"), receiveCount("n", "")))
                .hasToString("@receive n\n@receive ${n} data\n@receive ${n}\n")
                .isEqualTo(Script.parse("@receive n\n@receive ${n} data\n@receive ${n}"));
    }

    @Test
    void dataOfNoBytesIsKept() throws IOException {
        Behaviour check =
                connection -> assertThat(connection.variables().get("data")).isEqualTo(Bytes.of());
        try (FakeServer server = FakeServer.start(
                        "tcp:", expectLineMatching("(?<n>\\d)"), receiveCount("n", "data"), check, sendLine("ok"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("0\n").readLine()).isEqualTo("ok\r\n");
            server.verify();
        }
    }
}

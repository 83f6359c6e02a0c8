package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.stall;
import static io.socketharness.script.Behaviours.tlsHello;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no TLS, or not quite, ends its own connection with a reason, and nothing else. */
@Timeout(60)
class TlsBadInputTest {

    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;
    private static final byte DATA = 23;
    /** A change_cipher_spec. */
    private static final byte[] CIPHER = {20, 3, 3, 0, 1, 1};

    @Test
    void randomBytes() throws IOException {
        fuzz(random -> bytes(random, 1 + random.nextInt(600)));
    }

    @Test
    void randomRecords() throws IOException {
        fuzz(random -> {
            byte[] body = bytes(random, random.nextInt(400));
            return record((byte) (20 + random.nextInt(5)), body);
        });
    }

    @Test
    void randomHandshakeMessages() throws IOException {
        fuzz(random -> {
            byte[] body = bytes(random, 4 + random.nextInt(400));
            body[0] = (byte) random.nextInt(3);
            body[1] = 0;
            body[2] = (byte) random.nextInt(2);
            return record(HANDSHAKE, body);
        });
    }

    @Test
    void truncatedHellos() throws Exception {
        byte[] hello = hello();
        fuzz(random -> Arrays.copyOf(hello, 1 + random.nextInt(hello.length - 1)));
    }

    @Test
    void mutatedHellos() throws Exception {
        byte[] hello = hello();
        fuzz(random -> {
            byte[] mutated = hello.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            return mutated;
        });
    }

    /** Makes what one client sends. */
    private interface Input {
        byte[] of(Random random);
    }

    private static void fuzz(Input input) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (FakeServer server = FakeServer.start("tls:", echo())) {
            for (int i = 0; i < 150; i++) {
                byte[] sent = input.of(random);
                try (Socket client = connect(server)) {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                    awaitEnd(client);
                } catch (IOException refused) {
                    // the server was quicker
                }
                assertFailed(server.recording().awaitExchange(i), "seed " + seed + ", client " + i);
            }
            assertServes(server);
        }
    }

    static Stream<Arguments> beforeTheHelloEnds() throws Exception {
        byte[] message = Arrays.copyOfRange(hello(), 5, hello().length);
        byte[] half = record(HANDSHAKE, Arrays.copyOf(message, 50));
        byte[] endless = record(HANDSHAKE, (byte) 1, (byte) -1, (byte) -1, (byte) -1);
        return Stream.of(
                Arguments.of("the longest record", header(HANDSHAKE, 65_535), "65535 bytes, where TLS allows 16384"),
                Arguments.of("a byte too many", header(HANDSHAKE, 16_385), "16385 bytes, where TLS allows 16384"),
                Arguments.of("a long one later", join(half, header(HANDSHAKE, 40_000)), "a record of 40000 bytes"),
                Arguments.of("an alert", alert(40), "the client refused the handshake: handshake_failure"),
                Arguments.of(
                        "an alert later", join(half, alert(80)), "the client refused the handshake: internal_error"),
                Arguments.of("a cipher", repeat(CIPHER, 1_000), "the client did not send TLS, but 14 03 03 00 01 01"),
                Arguments.of("a cipher later", join(half, repeat(CIPHER, 100_000)), "the server refused the handshake"),
                Arguments.of("data", record(DATA, new byte[9]), "the client did not send TLS, but 17 03 03 00 09"),
                Arguments.of("data later", join(half, record(DATA, new byte[9])), "the server refused the handshake"),
                Arguments.of("plain text later", join(half, ascii("QUIT now")), "not a TLS record: QUIT now"),
                Arguments.of(
                        "the words of an alert later",
                        join(half, ascii("Received fatal alert: unknown_ca")),
                        "the server refused the handshake: not a TLS record: Received fatal alert: unknown_ca"),
                Arguments.of(
                        "other words of the JDK later",
                        join(half, ascii("no cipher suites in common")),
                        "the server refused the handshake: not a TLS record: no cipher suites in common"),
                Arguments.of("nothing", repeat(record(HANDSHAKE), 100_000), "an empty record of type 22"),
                Arguments.of("nothing later", join(half, repeat(record(HANDSHAKE), 100_000)), "an empty record"),
                Arguments.of(
                        "16 MiB",
                        join(endless, repeat(record(HANDSHAKE, new byte[16_000]), 1_000)),
                        "the server refused the handshake"),
                Arguments.of(
                        "16 MiB byte by byte",
                        join(endless, repeat(record(HANDSHAKE, (byte) 0), 100_000)),
                        "the server refused the handshake"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beforeTheHelloEnds")
    void oddRecordsInAHello(String name, byte[] sent, String reason) throws IOException {
        assertFails(sent, reason, echo());
        assertFails(sent, reason, tlsHello(), stall());
    }

    static Stream<Arguments> afterTheHello() {
        return Stream.of(
                Arguments.of(
                        "the longest record", header(DATA, 65_535), "a record of 65535 bytes, where TLS allows 18432"),
                Arguments.of("plain text", ascii("QUIT now"), "not a TLS record: QUIT now"),
                Arguments.of("an alert", alert(48), "the client refused our certificate: unknown_ca"),
                Arguments.of("an unknown alert", alert(200), "the client refused the handshake: alert 200"),
                Arguments.of("half an alert", record(ALERT, (byte) 2), ""),
                Arguments.of("too much of an alert", record(ALERT, (byte) 2, (byte) 40, (byte) 0), ""),
                Arguments.of("no alert", record(ALERT), "an empty record of type 21"),
                Arguments.of("a cipher for ever", repeat(CIPHER, 100_000), ""),
                Arguments.of("a bad cipher", record(CIPHER[0], (byte) 7), ""),
                Arguments.of("data", record(DATA, new byte[100]), ""),
                Arguments.of("no data for ever", repeat(record(DATA), 100_000), ""),
                Arguments.of("much data", record(DATA, new byte[16_384]), ""),
                Arguments.of("a heartbeat", record((byte) 24, new byte[9]), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("afterTheHello")
    void oddRecordsAfterAHello(String name, byte[] sent, String reason) throws Exception {
        assertFails(join(hello(), sent), reason, echo());
        assertFails(join(hello(), hello(), sent), "the server refused the handshake", echo());
    }

    /** The client waits for the end: the reason is not that it has left. */
    private static void assertFails(byte[] sent, String reason, Behaviour... script) throws IOException {
        ServerSpec spec = ServerSpec.parse("tls:?strict=false");
        try (FakeServer server = FakeServer.start(spec, script)) {
            try (Socket client = connect(server)) {
                client.getOutputStream().write(sent);
                awaitEnd(client);
            } catch (SocketTimeoutException late) {
                throw late;
            } catch (IOException refused) {
                // the server was quicker
            }
            assertFailed(server.recording().awaitExchange(0), reason);
            assertThat(server.recording().toString())
                    .contains("TLS failed: ", reason)
                    .doesNotContain("the client closed", "did not go on");
        }
    }

    @Test
    void aHelloMayComeByteByByte() throws Exception {
        byte[] hello = hello();
        byte[] message = Arrays.copyOfRange(hello, 5, hello.length);
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (byte one : message) {
            records.writeBytes(record(HANDSHAKE, one));
        }
        for (byte[] sent : new byte[][] {hello, records.toByteArray()}) {
            try (FakeServer server = FakeServer.start("tls:", tlsHello(), sendLine("seen"));
                    Socket client = connect(server)) {
                for (byte one : sent) {
                    client.getOutputStream().write(one);
                }
                assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("seen\r\n");
                assertThat(server.recording().toString()).contains("TLS hello offers TLSv1.3 TLSv1.2");
                server.verify();
            }
        }
    }

    @Test
    void halfAHelloIsGivenUp() throws Exception {
        byte[] half = record(HANDSHAKE, Arrays.copyOfRange(hello(), 5, 50));
        try (FakeServer server = FakeServer.start("tls:?timeout=100ms", echo());
                Socket client = connect(server)) {
            client.getOutputStream().write(half);
            awaitEnd(client);
            assertThat(server.recording().toString())
                    .contains("TLS failed: the client did not continue the handshake within 100 ms");
        }
    }

    @Test
    void closesInTheMiddleOfManyHandshakes() throws Exception {
        byte[] hello = hello();
        List<Socket> clients = new ArrayList<>();
        FakeServer server = FakeServer.start("tls:", echo());
        try {
            for (int i = 0; i < 200; i++) {
                Socket client = connect(server);
                clients.add(client);
                client.getOutputStream().write(hello, 0, i % 4 == 0 ? hello.length : 1 + i);
            }
            server.recording().awaitExchange(199);
            long start = System.nanoTime();
            server.verify();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        } finally {
            server.close();
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static void assertFailed(Exchange exchange, String about) {
        exchange.awaitEnd();
        assertThat(exchange.has(Event.Kind.TLS_FAILED))
                .as(about + "\n" + exchange)
                .isTrue();
    }

    private static void assertServes(FakeServer server) throws IOException {
        try (TestClient client = TestClient.connect(server)) {
            assertThat(client.send("still there").read(11)).isEqualTo("still there");
        }
        server.verify();
    }

    private static Socket connect(FakeServer server) throws IOException {
        Socket client = new Socket(server.host(), server.port());
        client.setSoTimeout(5_000);
        client.setTcpNoDelay(true);
        return client;
    }

    private static void awaitEnd(Socket client) throws IOException {
        client.getInputStream().readAllBytes();
    }

    /** What the JDK's client sends first. */
    static byte[] hello() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] header(byte type, int length) {
        return new byte[] {type, 3, 3, (byte) (length >> 8), (byte) length};
    }

    private static byte[] record(byte type, byte... body) {
        return join(header(type, body.length), body);
    }

    private static byte[] alert(int code) {
        return record(ALERT, (byte) 2, (byte) code);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] repeat(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

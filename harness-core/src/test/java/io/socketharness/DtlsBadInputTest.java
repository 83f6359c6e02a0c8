package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.assertj.SocketAssertions;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.DtlsClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is no DTLS, or nearly, ends the exchange of its source with a reason or is discarded, and nothing else. */
@Timeout(120)
class DtlsBadInputTest {

    private static final int INPUTS = 150;
    private static final byte ALERT = 21;
    /** Behind the headers of the record and of the handshake, its version, and its random bytes. */
    private static final int SESSION_ID_LENGTH = 13 + 12 + 2 + 32;

    private static final int MESSAGE_SEQUENCE = 13 + 4;

    @Test
    void endsItsExchangeWithAReasonAndHarmsNobodyElse() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] hello = hello();
        try (FakeServer server = FakeServer.start("dtls:?timeout=500ms&strict=false", echo())) {
            // all stay open, so that each has an address of its own
            List<DatagramSocket> sources = new ArrayList<>();
            for (int i = 0; i < INPUTS; i++) {
                DatagramSocket source = new DatagramSocket();
                sources.add(source);
                byte[] input = input(random, hello, i % 3);
                source.send(new DatagramPacket(input, input.length, server.address()));
            }
            SocketAssertions.assertThat(server)
                    .as("seed %d", seed)
                    .within(Duration.ofSeconds(30))
                    .hasConnections(INPUTS);
            for (Exchange exchange : server.recording().exchanges()) {
                // a flipped bit may make a record of a session that the server does not know
                if (!exchange.await(e -> e.has(Event.Kind.DISCARDED), Duration.ZERO)) {
                    SocketAssertions.assertThat(exchange)
                            .as("seed %d", seed)
                            .within(Duration.ofSeconds(30))
                            .failedTls("the ");
                }
            }
            sources.forEach(DatagramSocket::close);
        }
        try (FakeServer server = FakeServer.start("dtls:", echo());
                DatagramSocket source = new DatagramSocket()) {
            source.send(new DatagramPacket(hello, hello.length / 2, server.address()));
            try (DtlsClient client = DtlsClient.connect(server)) {
                assertThat(client.send("good").receive()).isEqualTo("good");
            }
        }
    }

    @Test
    void endsTheSessionOfAClientThatClosesItBeforeTheHandshake() throws Exception {
        byte[] closeNotify = {ALERT, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0};
        assertThat(failureOf(closeNotify)).contains("close_notify");
    }

    /** Some versions of the JDK close the session without a word, others wait for the hello that comes before. */
    @Test
    void reportsAnUnreadableHelloOutOfOrder() throws Exception {
        byte[] broken = hello();
        broken[MESSAGE_SEQUENCE] ^= 0x40;
        broken[SESSION_ID_LENGTH] ^= 0x20;
        assertThat(failureOf(broken))
                .containsAnyOf(
                        "closed the session during the handshake",
                        "the client did not continue the handshake within 500 ms");
    }

    private static String failureOf(byte[] input) throws IOException {
        try (FakeServer server = FakeServer.start("dtls:?timeout=500ms&strict=false", echo());
                DatagramSocket source = new DatagramSocket()) {
            source.send(new DatagramPacket(input, input.length, server.address()));
            Exchange exchange = server.recording().awaitExchange(0);
            SocketAssertions.assertThat(exchange).within(Duration.ofSeconds(30)).failedTls("the ");
            return exchange.events().toString();
        }
    }

    private static byte[] input(Random random, byte[] hello, int kind) {
        return switch (kind) {
            case 0 -> {
                byte[] noise = new byte[1 + random.nextInt(300)];
                random.nextBytes(noise);
                yield noise;
            }
            case 1 -> Arrays.copyOf(hello, 1 + random.nextInt(hello.length - 1));
            default -> {
                byte[] mutated = hello.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield mutated;
            }
        };
    }

    private static byte[] hello() throws Exception {
        SSLContext context = SSLContext.getInstance("DTLS");
        context.init(null, null, null);
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        client.beginHandshake();
        ByteBuffer record = ByteBuffer.allocate(65_536);
        while (record.position() == 0) {
            client.wrap(ByteBuffer.allocate(0), record);
            if (client.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
                client.getDelegatedTask().run();
            }
        }
        byte[] bytes = new byte[record.flip().remaining()];
        record.get(bytes);
        return bytes;
    }
}

package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.RecordCounter;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several messages that leave as one write. */
@Timeout(60)
class BatchTest {

    private static final String THREE_LINES = """
            C: EHLO
            @batch
              S: 250-mail.test
              S: 250-SIZE
              S: 250 STARTTLS
            @end
            """;

    private static final String ANSWER = "250-mail.test\r\n250-SIZE\r\n250 STARTTLS\r\n";

    private static List<String> writes(FakeServer server) {
        return writes(server.recording().awaitExchange(0));
    }

    private static List<String> writes(Exchange exchange) {
        return exchange.events().stream()
                .filter(event -> event.kind() == Event.Kind.SENT)
                .map(event -> event.bytes().escaped())
                .toList();
    }

    @Nested
    class OnTheWire {

        @Test
        void oneReadOfTheClientGetsAll() throws IOException {
            try (FakeServer server = FakeServer.start("tcp:", Script.parse(THREE_LINES));
                    Socket client = new Socket(server.host(), server.port())) {
                client.setSoTimeout(60_000);
                client.setTcpNoDelay(true);
                client.getOutputStream().write("EHLO\r\n".getBytes(StandardCharsets.US_ASCII));

                byte[] buffer = new byte[1_000];
                int count = client.getInputStream().read(buffer);

                assertThat(new String(buffer, 0, count, StandardCharsets.US_ASCII))
                        .isEqualTo(ANSWER);
                server.verify();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"tcp:", "tls:", "unix:"})
        void theServerWritesOnce(String url) throws IOException {
            try (FakeServer server = FakeServer.start(url, Script.parse(THREE_LINES));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("EHLO\n").read(ANSWER.length())).isEqualTo(ANSWER);

                server.verify();
                assertThat(writes(server)).containsExactly("250-mail.test\\r\\n250-SIZE\\r\\n250 STARTTLS\\r\\n");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
        void itIsOneTlsRecord(String url) throws IOException {
            String text = """
                    C: A
                    S: ready
                    C: B
                    S: one
                    S: two
                    C: C
                    @batch
                      S: one
                      S: two
                    @end
                    C: D
                    """;
            try (FakeServer server = FakeServer.start(url, Script.parse(text));
                    RecordCounter client = RecordCounter.connect(server)) {
                client.ask("A\n", "ready\r\n"); // after it no more records of the handshake follow

                assertThat(client.ask("B\n", "one\r\ntwo\r\n")).isEqualTo(2);
                assertThat(client.ask("C\n", "one\r\ntwo\r\n")).isEqualTo(1);
            }
        }

        @Test
        void eachMessageHasItsOwnFrame() throws IOException {
            Script script = Script.parse("""
                    @frame length 2
                    @batch
                      S< one
                      S! 02
                      @send /io/socketharness/script/greeting.txt
                      S: line
                      @frame until ;
                      S< delimited
                    @end
                    S< next
                    """);
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.read(44)).isEqualTo("\0\3one\0\1\2\0\ffrom a file\nline\r\ndelimited;\0\4next");
                server.verify();
                assertThat(writes(server)).hasSize(2);
            }
        }

        @Test
        void settingsEndWithTheBatch() throws IOException {
            Script script = Script.parse("""
                    @batch
                      S: a
                      @eol lf
                      S: b
                      @charset latin1
                      S: ü
                    @end
                    S: ü
                    """);
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readBytes(11)).isEqualTo("a\r\nb\nü\nÃ¼\r\n".getBytes(StandardCharsets.ISO_8859_1));
                server.verify();
                assertThat(writes(server)).containsExactly("a\\r\\nb\\n\\xfc\\n", "ü\\r\\n");
            }
        }

        @Test
        void dripSplitsTheWholeBatch() throws IOException {
            Script script = Script.parse("@drip 4 1ms\n@batch\nS< ab\nS< cdef\nS< g\n@end");
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.read(7)).isEqualTo("abcdefg");
                server.verify();
                assertThat(writes(server)).containsExactly("abcd", "efg");
            }
        }

        @Test
        void aMessageMayBeEmpty() throws IOException {
            try (FakeServer server =
                            FakeServer.start("tcp:", batch(send(""), send("")), batch(send(""), sendLine("")));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readLine()).isEqualTo("\r\n");
                server.verify();
            }
        }

        @Test
        void largeBatchArrivesCompletely() throws IOException {
            byte[] large = new byte[3_000_000];
            try (FakeServer server = FakeServer.start("tcp:", batch(send(large), sendLine("end")));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readBytes(large.length)).isEqualTo(large);
                assertThat(client.readLine()).isEqualTo("end\r\n");
                server.verify();
            }
        }
    }

    @Nested
    class AsAStep {

        @Test
        void isEqualToItsTextForm() {
            Script script =
                    Script.of(batch(sendLine("a"), eol(Eol.LF), send("b"), sendHex("00"), frame(Framing.length(1))));

            assertThat(script).hasToString("""
                    @batch
                      S: a
                      @eol lf
                      S< b
                      S! 00
                      @frame length 1
                    @end
                    """).isEqualTo(Script.parse(script.toString()));
        }

        @Test
        void mayRepeat() throws IOException {
            Script script = Script.parse("@match\nC: GO\n@batch\nS: a\nS: b\n@end\n@end");
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("GO\n").read(6)).isEqualTo("a\r\nb\r\n");
                assertThat(client.send("GO\n").read(6)).isEqualTo("a\r\nb\r\n");
                server.verify();
                assertThat(writes(server)).containsExactly("a\\r\\nb\\r\\n", "a\\r\\nb\\r\\n");
            }
        }

        @Test
        void isOutstanding() throws IOException {
            Script script = Script.parse("C: GO\n@batch\nS: a\nS: b\n@end\n");
            try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", script);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client).isNotNull();

                assertThat(Reports.of(server)).endsWith("""
                          not reached
                            C: GO                           <- here
                            @batch
                              S: a
                              S: b
                            @end
                        """);
            }
        }

        @Test
        void isPassedIfTheClientHasLeftAndSentMore() throws Exception {
            CountDownLatch gone = new CountDownLatch(1);
            Behaviour waiting = connection -> gone.await();
            try (FakeServer server = FakeServer.start(
                    "tcp:",
                    expectLine("A"),
                    waiting,
                    repeat(3, batch(sendLine("x"), sendLine("y"))),
                    expectLine("B"))) {
                try (TestClient client = TestClient.connect(server)) {
                    client.send("A\nB\n");
                    server.recording().awaitExchange(0).awaitReceived("A\nB\n");
                    client.reset();
                }
                gone.countDown();

                server.verify();
                assertThat(server.recording().awaitExchange(0).awaitEnd().has(Event.Kind.NOT_SENT))
                        .isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"udp:", "dtls:"})
        void isRefusedOnDatagrams(String url) {
            assertThatThrownBy(() -> FakeServer.start(url, Script.parse("C: a\n@batch\nS: a\n@end")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("over " + url.replace(":", "")
                            + ", @batch needs a stream: each message is a separate datagram");
        }
    }

    @Nested
    class InCode {

        @Test
        void sendsOnceWhatItSends() throws IOException {
            Behaviour code = connection -> {
                connection.useFraming(Framing.length(1));
                connection.batch(() -> {
                    connection.sendLine("line");
                    connection.sendMessage(new byte[] {7});
                    connection.batch(() -> connection.send("inner"));
                    connection.within(Duration.ofSeconds(1)).send(new byte[] {8});
                });
                connection.send("after");
            };
            try (FakeServer server = FakeServer.start("tcp:", code);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.read(19)).isEqualTo("line\r\n\1\7inner\bafter");
                server.verify();
                assertThat(writes(server)).containsExactly("line\\r\\n\\x01\\x07inner\\x08", "after");
            }
        }

        @Test
        void mayRunAScript() throws IOException {
            Script hello = Script.parse("S: hello\nS: world");
            Behaviour code = connection -> connection.batch(() -> run(hello, connection));
            try (FakeServer server = FakeServer.start("tcp:", code);
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.read(14)).isEqualTo("hello\r\nworld\r\n");
                server.verify();
                assertThat(writes(server)).containsExactly("hello\\r\\nworld\\r\\n");
            }
        }

        private static void run(Script script, Connection connection) {
            try {
                script.run(connection);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Test
        void worksOnAnAcceptedConnection() throws IOException {
            try (FakeServer server = FakeServer.start("tcp:");
                    TestClient client = TestClient.connect(server)) {
                Connection connection = server.accept();

                connection.batch(() -> {
                    connection.sendLine("a");
                    connection.sendLine("b");
                });
                connection.batch(() -> {});

                assertThat(client.read(6)).isEqualTo("a\r\nb\r\n");
                assertThat(writes(server)).containsExactly("a\\r\\nb\\r\\n");
            }
        }

        @Test
        void sendsNothingIfItThrows() throws IOException {
            try (FakeServer server = FakeServer.start("tcp:");
                    TestClient client = TestClient.connect(server)) {
                Connection connection = server.accept();
                IllegalStateException thrown = new IllegalStateException("no");

                assertThatThrownBy(() -> connection.batch(() -> {
                            connection.sendLine("a");
                            throw thrown;
                        }))
                        .isSameAs(thrown);
                connection.sendLine("b");

                assertThat(client.readLine()).isEqualTo("b\r\n");
            }
        }

        @Test
        void otherThreadsSendAfterIt() throws Exception {
            CountDownLatch sends = new CountDownLatch(1);
            try (FakeServer server = FakeServer.start("tcp:");
                    TestClient client = TestClient.connect(server)) {
                Connection connection = server.accept();
                Thread other = new Thread(() -> {
                    sends.countDown();
                    connection.sendLine("other");
                });

                connection.batch(() -> {
                    connection.sendLine("a");
                    other.start();
                    await(sends);
                    connection.sendLine("b");
                });

                assertThat(client.read(13)).isEqualTo("a\r\nb\r\nother\r\n");
                other.join();
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException now) {
                throw new IllegalStateException(now);
            }
        }

        @Test
        void waitsForASendThatIsBlocked() throws Exception {
            try (FakeServer server = FakeServer.start("tcp:");
                    TestClient client = TestClient.connect(server)) {
                Connection connection = server.accept();
                Thread blocked = new Thread(() -> {
                    try {
                        connection.within(Duration.ofSeconds(60)).send(new byte[50_000_000]);
                    } catch (RuntimeException ended) {
                        // the server was closed
                    }
                });
                blocked.start();
                client.readBytes(1);

                assertThatThrownBy(
                                () -> connection.within(Duration.ofMillis(100)).batch(() -> connection.sendLine("a")))
                        .isInstanceOf(DeadlineExceeded.class)
                        .hasMessage("another send on this connection did not end in time: the client does not read;"
                                + " nothing was sent");
                server.close();
                blocked.join();
            }
        }

        @Test
        void delaysOtherSendsOnlyUntilTheirLimit() throws Exception {
            try (FakeServer server = FakeServer.start("tcp:");
                    TestClient client = TestClient.connect(server)) {
                Connection connection = server.accept();
                AtomicReference<Throwable> late = new AtomicReference<>();
                Thread other = new Thread(() -> {
                    try {
                        connection.within(Duration.ofMillis(100)).sendLine("other");
                    } catch (DeadlineExceeded exceeded) {
                        late.set(exceeded);
                    }
                });
                connection.batch(() -> {
                    connection.sendLine("a");
                    other.start();
                    join(other);
                });

                assertThat(client.read(3)).isEqualTo("a\r\n");
                assertThat(late.get())
                        .hasMessage("another send on this connection did not end in time: it is a batch whose code is"
                                + " still running; nothing was sent");
            }
        }

        private static void join(Thread other) {
            try {
                other.join();
            } catch (InterruptedException now) {
                throw new IllegalStateException(now);
            }
        }

        @Test
        void isRefusedOnDatagrams() throws IOException {
            AtomicReference<Throwable> refusal = new AtomicReference<>();
            Behaviour code = connection -> {
                connection.receiveDatagram();
                try {
                    connection.batch(() -> connection.sendLine("a"));
                } catch (UnsupportedOperationException refused) {
                    refusal.set(refused);
                }
                connection.sendLine("b");
            };
            try (FakeServer server = FakeServer.start("udp:", code);
                    TestClient.Udp client = TestClient.Udp.connect(server)) {
                client.send("GO");

                assertThat(client.receive()).isEqualTo("b");
                assertThat(refusal.get()).hasMessage("a batch needs a stream: each message is a separate datagram");
            }
        }
    }
}

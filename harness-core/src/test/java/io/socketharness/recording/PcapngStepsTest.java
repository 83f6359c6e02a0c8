package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.RecordedStep;
import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comments of packets in pcapng: steps, failures, TLS, and what network conditions did. */
class PcapngStepsTest {

    private static final String STEP = "step \\d+ of \\d+.*";

    @TempDir
    Path directory;

    private static Exchange awaitFailure(FakeServer server) {
        Exchange exchange = server.recording().awaitExchange(0);
        exchange.await(e -> e.has(Event.Kind.FAILED), server.spec().timeout());
        return exchange;
    }

    private static void awaitCompleted(FakeServer server) {
        server.recording()
                .awaitExchange(0)
                .await(e -> e.has(Event.Kind.COMPLETED), server.spec().timeout());
    }

    private static List<String> steps(FakeServer server) {
        Exchange exchange = server.recording().awaitExchange(0);
        return new PublicRecordings(List.of(server.recording()))
                .steps(exchange).stream().map(RecordedStep::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://[::1]:0", "tlsv1.3:", "unix:"})
    void eachStepIsAtItsPacket(String url) throws Exception {
        Script script = Script.parse("""
                @charset utf-8
                S: 220 hello
                C: EHLO x
                @delay 1ms
                @repeat 2
                  C: NOOP
                  S: 250 ok
                @end
                @batch
                  S: 250-one
                  S: 250 two
                @end
                C: QUIT
                S: 221 bye
                """);
        try (FakeServer server = FakeServer.start(url, script);
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("EHLO x\r\nNOOP\r\nNOOP\r\n").readLine();
            client.readLine();
            client.readLine();
            client.readLine();
            client.send("QU");
            server.recording().awaitExchange(0).awaitReceived("QU");
            client.send("IT\r\n").readLine();
            server.verify();
            Tshark tshark = Tshark.write(directory, server);
            tshark.requireClean();
            assertThat(tshark.comments())
                    .filteredOn(comment -> comment.matches(STEP))
                    .hasSize(14)
                    .containsExactlyInAnyOrderElementsOf(steps(server));
            assertThat(tshark.fields("tcp.len > 0", "tcp.payload", "frame.comment"))
                    .containsExactly(
                            hex("220 hello\r\n") + ";step 2 of 8: S: 220 hello",
                            hex("EHLO x\r\nNOOP\r\nNOOP\r\n")
                                    + ";step 3 of 8: C: EHLO x|step 4 of 8: @delay 1ms|step 5 of 8, in it step 1 of 2: C: NOOP"
                                    + "|step 5 of 8, in it step 1 of 2: C: NOOP",
                            hex("250 ok\r\n") + ";step 5 of 8, in it step 2 of 2: S: 250 ok",
                            hex("250 ok\r\n") + ";step 5 of 8, in it step 2 of 2: S: 250 ok|step 5 of 8: @repeat 2",
                            hex("250-one\r\n250 two\r\n")
                                    + ";step 6 of 8, in it step 1 of 2: S: 250-one|step 6 of 8, in it step 2 of 2: S: 250 two"
                                    + "|step 6 of 8: @batch",
                            hex("QU") + ";",
                            hex("IT\r\n") + ";step 7 of 8: C: QUIT",
                            hex("221 bye\r\n") + ";step 8 of 8: S: 221 bye");
        }
    }

    private static String hex(String text) {
        return Bytes.ofText(text).hex().replace(" ", "");
    }

    @Test
    void stepsOfLongSendsAreAtTheirLastPacket() throws Exception {
        String line = "x".repeat(70_000);
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("S: " + line + "\nC: end"));
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("end\n");
            awaitCompleted(server);
            Tshark tshark = Tshark.write(directory, server);
            tshark.requireClean();
            List<String> packets =
                    tshark.fields("tcp.srcport == " + server.port() + " and tcp.len > 0", "tcp.len", "frame.comment");
            assertThat(packets.subList(0, packets.size() - 1)).allMatch(packet -> packet.endsWith(";"));
            assertThat(packets.get(packets.size() - 1)).contains(";step 1 of 2: S: xxx");
        }
    }

    @Test
    void datagramsHaveTheirSteps() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", Script.parse("C: a\nS: b\nC: c\nC: d\nS: e"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a").receive();
            client.send("c").send("d").receive();
            awaitCompleted(server);
            Tshark tshark = Tshark.write(directory, server);
            tshark.requireClean();
            assertThat(tshark.fields("udp", "udp.payload", "frame.comment"))
                    .containsExactly(
                            hex("a") + ";step 1 of 5: C: a",
                            hex("b") + ";step 2 of 5: S: b",
                            hex("c") + ";step 3 of 5: C: c",
                            hex("d") + ";step 4 of 5: C: d",
                            hex("e") + ";step 5 of 5: S: e");
        }
    }

    @Test
    void theFailedStepHasTheReason() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("S: hello\nC: QUIT\nS: bye"));
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("quit\n");
            awaitFailure(server);
            Tshark tshark = Tshark.write(directory, server);
            assertThat(tshark.fields("tcp.payload == " + colons("quit\n"), "frame.comment"))
                    .containsExactly("step 2 of 3: C: QUIT (failed: expected QUIT, received quit)");
            assertThat(tshark.comments())
                    .filteredOn(comment -> comment.contains("fail"))
                    .hasSize(1);
        }
    }

    private static String colons(String text) {
        return Bytes.ofText(text).hex().replace(' ', ':');
    }

    @Test
    void unexpectedInputIsAFailureWithoutAStep() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\nmore\n");
            server.recording().awaitExchange(0).awaitReceived("more\n");
            assertThatThrownBy(server::verify).isInstanceOf(AssertionError.class);
            assertThat(Tshark.write(directory, server).comments())
                    .contains("step 1 of 1: C: a")
                    .anyMatch(comment -> comment.startsWith(
                            "the script failed after the last step: the client sent more than the script expects"));
        }
    }

    @Test
    void tlsHasItsParameters() throws Exception {
        try (FakeServer server = FakeServer.start("tlsv1.3://localhost:0", Script.parse("C: a\nS: b"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\n").readLine();
            server.verify();
            Handshake handshake =
                    server.recording().awaitExchange(0).handshake().orElseThrow();
            assertThat(Tshark.write(directory, server).comments())
                    .contains(
                            "tls, shown in clear", "TLS established: " + handshake + "; what follows is shown in clear")
                    .anyMatch(comment -> comment.contains("TLSv1.3, TLS_"));
        }
    }

    @Test
    void startTlsIsWhereItWas() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: STARTTLS\nS: go\n@starttls\nC: a\nS: b"));
                TestClient client = TestClient.connectPlain(server)) {
            client.send("STARTTLS\n").readLine();
            client.startTls(server).send("a\n").readLine();
            server.verify();
            Tshark tshark = Tshark.write(directory, server);
            tshark.requireClean();
            assertThat(tshark.comments())
                    .satisfiesExactly(
                            one -> assertThat(one).isEqualTo("step 1 of 5: C: STARTTLS"),
                            one -> assertThat(one).isEqualTo("step 2 of 5: S: go"),
                            one -> assertThat(one).startsWith("TLS established: TLSv1.3, "),
                            one -> assertThat(one).isEqualTo("step 3 of 5: @starttls"),
                            one -> assertThat(one).isEqualTo("step 4 of 5: C: a"),
                            one -> assertThat(one).isEqualTo("step 5 of 5: S: b"));
        }
    }

    @Test
    void whatConditionsDidToSentDatagramsIsAtThem() throws Exception {
        ServerSpec spec = ServerSpec.builder("udp")
                .seed(3)
                .network(
                        NetworkConditions.dropDatagrams(1).toClient(),
                        NetworkConditions.duplicateDatagrams(2).toClient(),
                        NetworkConditions.truncateDatagram(3, 2).toClient(),
                        NetworkConditions.swapDatagrams(4, 5).toClient(),
                        NetworkConditions.corruptAt(15).toClient())
                .script(Script.parse("C: go\nS: one\nS: two\nS: three\nS: four\nS: five"))
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("go");
            for (int i = 0; i < 5; i++) {
                client.receive();
            }
            awaitCompleted(server);
            Tshark tshark = Tshark.write(directory, server);
            assertThat(network(tshark, "udp.srcport == " + server.port()))
                    .containsExactly(
                            hex("one") + ": network: datagram 1 sent, 3 bytes (lost)",
                            hex("two") + ": network: datagram 2 sent, 3 bytes (duplicated)",
                            hex("three") + ": network: datagram 3 sent, 5 bytes (truncated to 2 bytes)",
                            hex("four") + ": network: datagram 4 sent, 4 bytes (overtaken)"
                                    + ", network: datagram 4 sent, 4 bytes (corrupted at byte 15)",
                            hex("five") + ": ");
        }
    }

    @Test
    void whatConditionsDidToReceivedDatagramsIsAtThem() throws Exception {
        ServerSpec spec = ServerSpec.builder("udp")
                .seed(3)
                .network(
                        NetworkConditions.dropDatagrams(2).toServer(),
                        NetworkConditions.duplicateDatagrams(3).toServer(),
                        NetworkConditions.truncateDatagram(4, 2).toServer(),
                        NetworkConditions.swapDatagrams(5, 6).toServer())
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("one")
                    .send("two")
                    .send("three")
                    .send("four")
                    .send("five")
                    .send("six");
            Exchange exchange = server.recording().awaitExchange(0);
            exchange.await(e -> e.receivedDatagrams().size() == 6, spec.timeout());
            Tshark tshark = Tshark.write(directory, server);
            assertThat(network(tshark, "udp"))
                    .containsExactly(
                            hex("one") + ": network: datagram 2 received, 3 bytes (lost)",
                            hex("three") + ": ",
                            hex("three") + ": network: datagram 3 received, 5 bytes (duplicated)",
                            hex("fo") + ": network: datagram 4 received, 4 bytes (truncated to 2 bytes)",
                            hex("six") + ": ",
                            hex("five") + ": network: datagram 5 received, 4 bytes (overtaken)");
        }
    }

    /** The packets with what the network did to them; the conditions themselves are comments, too. */
    private static List<String> network(Tshark tshark, String filter) throws Exception {
        return tshark.fields(filter, "udp.payload", "frame.comment").stream()
                .map(packet -> packet.split(";", 2))
                .map(packet -> packet[0] + ": "
                        + String.join(
                                ", ",
                                List.of(packet[1].split("\\|")).stream()
                                        .filter(comment -> comment.startsWith("network: datagram"))
                                        .toList()))
                .toList();
    }

    @Test
    void corruptionOfAStreamIsAtItsPacket() throws Exception {
        ServerSpec spec = ServerSpec.builder("tcp")
                .seed(3)
                .network(
                        NetworkConditions.corruptAt(7).toClient(),
                        NetworkConditions.corruptAt(2).toServer())
                .script(Script.parse("S: one\nS: two\nC~ .*\nS: three"))
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient client = TestClient.connect(server)) {
            client.readBytes(10);
            client.send("four\n").readLine();
            awaitCompleted(server);
            Tshark tshark = Tshark.write(directory, server);
            tshark.requireClean();
            assertThat(tshark.fields("frame.comment contains \"corrupted\"", "tcp.payload"))
                    .satisfiesExactly(
                            sent -> assertThat(sent).isEqualTo(hex("two\r\n")),
                            received ->
                                    assertThat(received).startsWith(hex("f")).endsWith(hex("ur\n")));
        }
    }

    @Test
    void countsStepsThatAreNotKept() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("@repeat 10002\n  @charset utf-8\n@end\nC: a"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\n");
            awaitCompleted(server);
            assertThat(Tshark.write(directory, server).run("-V")).contains("4 more steps are not kept");
        }
    }

    @Test
    void dataThatIsNotKeptHasNoPacket() throws Exception {
        ServerSpec spec = ServerSpec.builder("udp").recordingLimit(4).build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("four").send("five").send("six");
            server.recording()
                    .awaitExchange(0)
                    .await(
                            e -> e.events().stream()
                                    .anyMatch(event -> event.detail().startsWith("2 datagrams")),
                            spec.timeout());
            Tshark tshark = Tshark.write(directory, server);
            assertThat(tshark.fields("udp", "udp.length")).containsExactly("12");
            assertThat(tshark.comments())
                    .anyMatch(comment -> comment.startsWith("recording limit of 4 bytes reached"))
                    .contains("received 2 datagrams, 7 bytes in total, not kept");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void secretsAreInNoComment(String transport) throws Exception {
        ServerSpec spec = ServerSpec.builder(transport)
                .redact("^PASS (.*)", "token=(\\w+)")
                .script(Script.parse("C: PASS s3cret\nS: token=abcdef\nC: again abcdef\nC~ never"))
                .build();
        try (FakeServer server = FakeServer.start(spec)) {
            if (transport.equals("udp")) {
                try (TestClient.Udp client = TestClient.Udp.connect(server)) {
                    client.send("PASS s3cret").receive();
                    client.send("again abcdef").send("s3cret abcdef");
                    awaitFailure(server);
                }
            } else {
                try (TestClient client = TestClient.connect(server)) {
                    client.send("PASS s3cret\r\n").readLine();
                    client.send("again abcdef\r\n").send("s3cret abcdef\r\n");
                    awaitFailure(server);
                }
            }
            Tshark tshark = Tshark.write(directory, server);
            assertThat(tshark.run("-x", "-V")).doesNotContain("s3cret", hex("s3cret"));
            assertThat(tshark.comments())
                    .contains("step 1 of 4: C: PASS ******", "step 2 of 4: S: token=******")
                    .noneMatch(comment -> comment.contains("s3cret") || comment.contains("abcdef"));
        }
    }
}

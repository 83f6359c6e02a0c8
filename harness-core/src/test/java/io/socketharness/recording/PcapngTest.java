package io.socketharness.recording;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import io.socketharness.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings in pcapng, as tshark reads them. */
class PcapngTest {

    /** The remarks of tshark that are true: who began, who ended, and a RST. */
    private static final List<String> TRUE_REMARKS = List.of(
            "Connection establish request (SYN)",
            "Connection establish acknowledge (SYN+ACK)",
            "This frame initiates the connection closing",
            "This frame undergoes the connection closing",
            "Connection finish (FIN)",
            "Connection reset (RST)");

    @TempDir
    Path directory;

    private Path file = Path.of("absent.pcapng");

    private static final String[] CHECKSUMS = {
        "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"
    };

    private String tshark(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
        command.addAll(List.of(CHECKSUMS));
        command.addAll(List.of(options));
        return Program.run("", command.toArray(String[]::new))
                .lines()
                .filter(line -> !line.startsWith("Running as user"))
                .reduce("", (before, line) -> before + line + "\n");
    }

    private void write(FakeServer... servers) throws IOException {
        file = directory.resolve("recording.pcapng");
        Captures.write(file, Stream.of(servers).map(FakeServer::recording).toArray(Recording[]::new));
    }

    /** Everything that tshark remarks is true, and it finds no error. */
    private void requireClean() throws Exception {
        assertThat(tshark("-q", "-z", "expert")
                        .lines()
                        .filter(line -> line.matches("\\s+\\d+\\s+(?!Comment)\\S+\\s+\\S+\\s+.*")))
                .allSatisfy(line -> assertThat(TRUE_REMARKS).anyMatch(line::contains));
        assertThat(tshark("-V")).doesNotContain("Malformed", "[incorrect", "Bad checksum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://[::1]:0", "tlsv1.3:", "unix:"})
    void streamHasItsHandshakeDataAndEnds(String url) throws Exception {
        try (FakeServer server =
                FakeServer.start(url, Script.parse("C: EHLO x\nS: 250 ok\nC: QUIT\nS: 221 bye\n@close"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("EHLO x\r\n").readLine();
                client.send("QUIT\r\n").readToEnd();
            }
            server.recording()
                    .awaitExchange(0)
                    .await(
                            e -> e.has(Event.Kind.HALF_CLOSED_BY_CLIENT),
                            server.spec().timeout());
            server.verify();
            write(server);
            requireClean();
            assertThat(tshark(
                            "-T",
                            "fields",
                            "-e",
                            "tcp.flags.str",
                            "-e",
                            "tcp.len",
                            "-Y",
                            "tcp.len > 0 or tcp.flags.fin == 1"))
                    .isEqualTo(
                            "·······AP···\t8\n·······AP···\t8\n·······AP···\t6\n·······AP···\t9\n·······A···F\t0\n·······A···F\t0\n");
            assertThat(tshark("-T", "fields", "-e", "frame.interface_name", "-Y", "frame.number == 1"))
                    .isEqualTo(server.recording().title() + "\n");
            assertThat(tshark("-T", "fields", "-e", "frame.interface_description", "-Y", "frame.number == 1"))
                    .startsWith(url.substring(0, 3));
        }
    }

    @Test
    void followedStreamIsTheRecording() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 5; round++) {
            byte[] sent = new byte[random.nextInt(200_000)];
            random.nextBytes(sent);
            try (FakeServer server = FakeServer.start("tcp:", echo());
                    TestClient client = TestClient.connect(server)) {
                for (int from = 0; from < sent.length; from += 60_000) {
                    int to = Math.min(sent.length, from + 60_000);
                    client.send(Arrays.copyOfRange(sent, from, to));
                    client.readBytes(to - from);
                }
                server.verify();
                write(server);
                String followed = tshark("-q", "-z", "follow,tcp,raw,0");
                Exchange exchange = server.recording().exchanges().get(0);
                assertThat(bytes(followed, "")).isEqualTo(exchange.received().toByteArray());
                assertThat(bytes(followed, "\t")).isEqualTo(exchange.sent().toByteArray());
            }
        }
    }

    /** Lines of the server begin with a tab. */
    private static byte[] bytes(String followed, String prefix) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        followed.lines()
                .filter(line -> line.matches(prefix + "([0-9a-f]{2})+"))
                .forEach(line -> out.writeBytes(HexFormat.of().parseHex(line.strip())));
        return out.toByteArray();
    }

    @Test
    void resetIsOne() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.of(Script.parse("C: a"), reset()));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n");
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            write(server);
            requireClean();
            assertThat(tshark("-q", "-z", "expert")).contains("Connection reset (RST)");
        }
    }

    @Test
    void datagramsAreThose() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("ping").receive();
            client.send(new byte[60_000]).receiveBytes();
            server.verify();
            write(server);
            requireClean();
            assertThat(tshark("-T", "fields", "-e", "udp.length")).isEqualTo("12\n12\n60008\n60008\n");
        }
    }

    @Test
    void asPortChoosesTheProtocol() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("S: 220 hello\nC: QUIT\nS: 221 bye"));
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("QUIT\r\n").readLine();
            server.verify();
            file = directory.resolve("smtp.pcapng");
            server.recording().writePcapng(file, 25);
            assertThat(tshark("-Y", "smtp")).contains("S: 220 hello", "C: QUIT", "S: 221 bye");
            assertThatThrownBy(() -> server.recording().writePcapng(file, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port 0 is out of range; 1 to 65535 is allowed");
        }
    }

    @Test
    void otherEventsAreComments() throws Exception {
        try (FakeServer server = FakeServer.start("udp:?seed=3", Script.parse("C: a\nS: b\nC: c"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            server.network(NetworkConditions.duplicateDatagrams(1));
            client.send("a").receive();
            client.send("wrong");
            server.recording()
                    .awaitExchange(0)
                    .await(e -> e.has(Event.Kind.FAILED), server.spec().timeout());
            write(server);
            assertThat(tshark("-V")).contains("the script failed at step ", "network: ");
        }
    }

    @Test
    void secretsAreHidden() throws Exception {
        ServerSpec spec = ServerSpec.builder("tcp")
                .redact("PASS (.*)")
                .script(Script.parse("C: PASS s3cret\nS: ok\nC: QUIT"))
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient client = TestClient.connect(server)) {
            client.send("PASS s3cret\r\n").readLine();
            client.send("again s3cret\r\n").readToEnd();
            write(server);
            assertThat(tshark("-q", "-z", "follow,tcp,ascii,0"))
                    .contains("PASS ******")
                    .doesNotContain("PASS s3");
            assertThat(tshark("-T", "fields", "-e", "frame.comment"))
                    .contains("again ******")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void severalServersAreInOneFileInTheOrderOfTime() throws Exception {
        try (FakeServer one = FakeServer.start("tcp:", echo());
                FakeServer two = FakeServer.start("udp:", echo());
                TestClient first = TestClient.connect(one);
                TestClient.Udp second = TestClient.Udp.connect(two)) {
            first.send("1\n").readLine();
            second.send("2").receive();
            first.send("3\n").readLine();
            write(one, two);
            requireClean();
            assertThat(tshark("-T", "fields", "-e", "frame.interface_id", "-Y", "tcp.len > 0 or udp"))
                    .startsWith("0\n")
                    .hasLineCount(6)
                    .containsPattern("(?s)1\n.*1\n");
            assertThat(tshark("-Y", "frame.time_delta < 0")).isEmpty();
        }
    }
}

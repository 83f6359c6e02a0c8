package io.socketharness.recording;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import io.socketharness.testing.UnixDatagramClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings in pcapng, as tshark reads them. */
class PcapngTest {

    @TempDir
    Path directory;

    private Tshark write(FakeServer... servers) throws IOException {
        return Tshark.write(directory, servers);
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
            Tshark tshark = write(server);
            tshark.requireClean();
            assertThat(tshark.run(
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
            assertThat(tshark.run("-T", "fields", "-e", "frame.interface_name", "-Y", "frame.number == 1"))
                    .isEqualTo(server.recording().title() + "\n");
            assertThat(tshark.run("-T", "fields", "-e", "frame.interface_description", "-Y", "frame.number == 1"))
                    .startsWith(url.substring(0, 3));
        }
    }

    @Test
    void resetIsOne() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.of(Script.parse("C: a"), reset()));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n");
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            Tshark tshark = write(server);
            tshark.requireClean();
            assertThat(tshark.run("-q", "-z", "expert")).contains("Connection reset (RST)");
        }
    }

    @Test
    void datagramsAreThose() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("ping").receive();
            client.send(new byte[60_000]).receiveBytes();
            server.verify();
            Tshark tshark = write(server);
            tshark.requireClean();
            assertThat(tshark.run("-T", "fields", "-e", "udp.length")).isEqualTo("12\n12\n60008\n60008\n");
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
            Tshark tshark = write(server);
            assertThat(tshark.run("-V")).contains("step 3 of 3: C: c (failed: expected c, received a)", "network: ");
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
            Tshark tshark = write(server);
            assertThat(tshark.run("-q", "-z", "follow,tcp,ascii,0"))
                    .contains("PASS ******")
                    .doesNotContain("PASS s3");
            assertThat(tshark.run("-T", "fields", "-e", "frame.comment"))
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
            Tshark tshark = write(one, two);
            tshark.requireClean();
            assertThat(tshark.run("-T", "fields", "-e", "frame.interface_id", "-Y", "tcp.len > 0 or udp"))
                    .isEqualTo("0\n0\n1\n1\n0\n0\n");
            assertThat(tshark.run("-Y", "frame.time_delta < 0")).isEmpty();
        }
    }

    @Test
    void serversAndClientsOnUnixSocketsHaveTheirOwnAddresses() throws Exception {
        Script script = Script.parse("C: a\nS: b\n@close");
        try (FakeServer one = FakeServer.start("unix:", script);
                FakeServer two = FakeServer.start("unix:", script)) {
            for (FakeServer server : List.of(one, one, two)) {
                try (TestClient client = TestClient.connect(server)) {
                    client.send("a\n").readToEnd();
                }
            }
            one.verify();
            two.verify();
            Tshark tshark = write(one, two);
            tshark.requireClean();
            assertThat(tshark.follow(4, 0).values())
                    .filteredOn(stream -> !stream.received().isEmpty())
                    .hasSize(3)
                    .containsOnly(new Tshark.Followed(Bytes.ofText("a\n"), Bytes.ofText("b\r\n")));
            assertThat(tshark.fields("tcp.flags.syn == 1 and tcp.flags.ack == 0", "ip.src", "ip.dst", "frame.comment"))
                    .hasSize(3)
                    .containsOnly("127.0.0.1;127.0.0.1;unix, shown as packets between loopback addresses");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void datagramsOnUnixSocketsAreShownAsUdp() throws Exception {
        try (FakeServer server = FakeServer.start("udg:", Script.parse("C: ping\nS: pong"));
                UnixDatagramClient one = UnixDatagramClient.named(server);
                UnixDatagramClient two = UnixDatagramClient.named(server)) {
            assertThat(one.send("ping").receive()).isEqualTo("pong");
            assertThat(two.send("ping").receive()).isEqualTo("pong");
            server.verify();
            Tshark tshark = write(server);
            tshark.requireClean();
            Tshark.Followed dialogue = new Tshark.Followed(Bytes.ofText("ping"), Bytes.ofText("pong"));
            assertThat(tshark.follow(0, 2)).isEqualTo(Map.of("udp 0", dialogue, "udp 1", dialogue));
            assertThat(tshark.fields("frame.number == 1", "frame.interface_description", "frame.comment"))
                    .containsExactly("udg, shown as packets between loopback addresses"
                            + ";udg, shown as packets between loopback addresses|step 1 of 2: C: ping");
        }
    }
}

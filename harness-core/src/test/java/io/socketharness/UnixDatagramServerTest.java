package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.Script;
import io.socketharness.testing.ChildJvm;
import io.socketharness.testing.UnixDatagramClient;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What datagrams of Unix sockets have: paths as addresses, senders without any, a queue that fills. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class UnixDatagramServerTest {

    @TempDir
    private Path directory;

    private String url() {
        return "udg:" + directory.resolve("x.sock");
    }

    @Test
    void reportsItsAddressInEveryForm() {
        Path path = directory.resolve("x.sock");
        try (FakeServer server = FakeServer.start(url())) {
            assertThat(server.path()).isEqualTo(path);
            assertThat(server.socketAddress()).isEqualTo(UnixDomainSocketAddress.of(path));
            assertThat(server.uri()).isEqualTo(URI.create("udg://" + path));
            assertThat(server).hasToString("FakeServer{udg://" + path + ", listening}");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "umask=0000, rwxrwxrwx",
        "umask=022,  rwxr-xr-x",
        "umask=0077, rwx------",
        "umask=0177, rw-------",
        "mode=0666,  rw-rw-rw-"
    })
    void hasTheModeThatWasAskedFor(String option, String expected) throws IOException {
        try (FakeServer server = FakeServer.start(url() + "?" + option)) {
            assertThat(permissions(server.path())).isEqualTo(expected);
            assertThat(directory.toFile().list()).containsExactly("x.sock");
        }
    }

    @Test
    void hasTheModeThatTheProcesssUmaskLeaves() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            assertThat(permissions(server.path()))
                    .isEqualTo(permissions(Files.createDirectory(directory.resolve("probe"))));
        }
    }

    @Test
    void replacesNoFileThatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("x.sock"), "precious");
        assertThatThrownBy(() -> FakeServer.start(url() + "?replaceStale=true"))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("cannot start udg://" + file
                        + ": a file that is not a socket is there, and is never replaced; use another path, or no"
                        + " path for a private socket");
        assertThat(file).hasContent("precious");
        Files.delete(file);
        try (FakeServer living = FakeServer.start(url())) {
            assertThatThrownBy(() -> FakeServer.start(url() + "?replaceStale=true"))
                    .hasMessage("cannot start " + living.uri()
                            + ": a running server uses this path; use another path, or no path for a private socket");
        }
    }

    @Test
    void replacesAStaleSocketWhereThatIsAskedFor() throws IOException {
        try (FakeServer gone = FakeServer.start(url())) {
            Files.createLink(directory.resolve("stale.sock"), gone.path());
        }
        String stale = "udg:" + directory.resolve("stale.sock");
        assertThatThrownBy(() -> FakeServer.start(stale))
                .hasMessageContaining("a stale socket of a dead process is there");
        try (FakeServer server = FakeServer.start(stale + "?replaceStale=true", echo());
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            assertThat(client.send("hello").receive()).isEqualTo("hello");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void knowsItsClientsByTheirPaths() throws IOException {
        try (FakeServer server = FakeServer.start(url(), echo());
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            assertThat(client.send("hello").receive()).isEqualTo("hello");
            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.client()).contains(UnixDomainSocketAddress.of(client.path()));
            assertThat(exchange.clientCredentials()).isEmpty();
            assertThat(exchange.toString()).contains("opened by " + client.path());
        }
    }

    @Test
    void aPathThatIsNotTextIsAnsweredToo() throws IOException {
        byte[] path = directory.resolve("c?").toString().getBytes(StandardCharsets.UTF_8);
        path[path.length - 1] = (byte) 0xff;
        try (FakeServer server = FakeServer.start(url(), echo());
                AFUNIXDatagramChannel client = AFUNIXDatagramChannel.open()) {
            client.bind(AFUNIXSocketAddress.of(path));
            client.socket().setSoTimeout(5_000);
            int sent = client.send(StandardCharsets.UTF_8.encode("hello"), AFUNIXSocketAddress.of(server.path()));
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            client.socket().receive(answer);
            assertThat(answer.getLength()).isEqualTo(sent);
            server.verify();
        }
    }

    @Test
    void leavesNothingWhereItsBufferHasNoRoom() throws Exception {
        assertThat(ChildJvm.run(WithLittleMemory.class, ChildJvm.CLASS_PATH, "-XX:MaxDirectMemorySize=16m"))
                .endsWith("nothing is left\n");
    }

    @Test
    void hasNoPortToContinueFrom() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            client.send("hello");
            Connection connection = server.accept();
            assertThatThrownBy(connection::moveToNewPort)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("over udg a conversation cannot have its own port; use udp");
            connection.send("still here");
            assertThat(client.receive()).isEqualTo("still here");
        }
    }

    @Test
    void sendersWithoutANameShareAConversation() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("one"), expectLine("two"));
                UnixDatagramClient first = UnixDatagramClient.unnamed(server);
                UnixDatagramClient second = UnixDatagramClient.unnamed(server);
                UnixDatagramClient named = UnixDatagramClient.named(server)) {
            first.send("one");
            second.send("two");
            named.send("one");
            named.send("two");
            server.verify();
            List<Exchange> exchanges = server.recording().exchanges();
            assertThat(exchanges).hasSize(2);
            assertThat(exchanges.get(0).client()).isEmpty();
            assertThat(exchanges.get(0).toString()).contains("opened by unnamed sockets");
        }
    }

    @Test
    void toAnswerASenderWithoutANameSaysWhyThatCannotBe() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("one"), send("1"));
                UnixDatagramClient client = UnixDatagramClient.unnamed(server)) {
            client.send("one");
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("connection 0: step 2 of 2 failed")
                    .hasMessageContaining(
                            "the client's socket has no name, and the server cannot answer it; bind the client's"
                                    + " socket to its own path");
        }
    }

    @Test
    void aBroadcastPassesOverSendersWithoutAName() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                UnixDatagramClient silent = UnixDatagramClient.unnamed(server);
                UnixDatagramClient named = UnixDatagramClient.named(server)) {
            silent.send("a");
            named.send("b");
            server.recording().awaitExchange(1);
            server.broadcast("news");
            assertThat(named.receive()).isEqualTo("news");
            assertThat(server.recording().exchanges().get(0).toString())
                    .contains("broadcast not sent: the client's socket has no name");
        }
    }

    @Test
    void everyDatagramOfAClientThatHasGoneIsMatched() throws IOException {
        Script script = Script.of(
                expectLine("a"), sendLine("1"), expectLine("b"), sendLine("2"), sendLine("3"), expectLine("c"));
        for (String last : List.of("c", "x")) {
            CountDownLatch gone = new CountDownLatch(1);
            try (FakeServer server = FakeServer.start(url(), connection -> gone.await(), script)) {
                try (UnixDatagramClient client = UnixDatagramClient.named(server)) {
                    client.send("a").send("b").send(last);
                }
                gone.countDown();
                if (last.equals("c")) {
                    server.verify();
                } else {
                    assertThatThrownBy(server::verify)
                            .hasMessageContainingAll("step 7 of 7 failed", "expected  c", "received  x");
                }
            }
        }
    }

    @Test
    void aClientThatIsGoneHarmsNobody() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                UnixDatagramClient staying = UnixDatagramClient.named(server)) {
            for (int i = 0; i < 20; i++) {
                UnixDatagramClient leaving = UnixDatagramClient.named(server);
                leaving.send("bye");
                Connection connection = server.accept();
                leaving.channel().close();
                // its file is there, and nobody behind it
                assertThatThrownBy(() -> connection.send("too late"))
                        .hasMessage("a datagram of 8 bytes could not be sent: Connection refused");
                leaving.close();
                assertThatThrownBy(() -> connection.send("too late"))
                        .hasMessage("a datagram of 8 bytes could not be sent: No such file or directory");
                assertThat(connection.exchange().has(Event.Kind.NOT_SENT)).isTrue();
            }
            staying.send("hello");
            Connection connection = server.accept();
            connection.send("still here");
            assertThat(staying.receive()).isEqualTo("still here");
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpItsOwnConversationAlone() throws IOException {
        try (FakeServer server = FakeServer.start(url(), receive(""), forever(send("x")));
                UnixDatagramClient stuck = UnixDatagramClient.named(server)) {
            stuck.send("flood me");
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(server.recording().await(r -> exchange.sentDatagrams().size() >= 10, Duration.ofSeconds(5)))
                    .isTrue();
            try (UnixDatagramClient other = UnixDatagramClient.named(server)) {
                assertThat(other.send("me too").receive()).isEqualTo("x");
            }
        }
    }

    @Test
    void aSendWithADeadlineWaitsForRoomNoLonger() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            client.send("hello");
            Connection connection = server.accept().within(Duration.ofMillis(50));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            connection.send("x");
                        }
                    })
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessage("the client did not read in time; a datagram of 1 bytes was not sent");
            int sent = connection.exchange().sentDatagrams().size();
            for (int i = 0; i < sent; i++) {
                assertThat(client.receive()).isEqualTo("x");
            }
            connection.send("y");
            assertThat(client.receive()).isEqualTo("y");
        }
    }

    @Test
    void endsSoonThoughAClientDoesNotRead() throws IOException {
        FakeServer server = FakeServer.start(url() + "?strict=false", receive(""), forever(send("x")));
        try (UnixDatagramClient client = UnixDatagramClient.named(server)) {
            client.send("flood me");
            server.recording().awaitExchange(0);
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void takesLargeDatagrams() throws IOException {
        byte[] large = "x".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        try (FakeServer server = FakeServer.start(url(), echo());
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            assertThat(client.send(large).receiveBytes()).isEqualTo(large);
            assertThat(server.recording().exchanges().get(0).receivedDatagrams())
                    .containsExactly(Bytes.of(large));
        }
    }

    @Test
    void anEmptyDatagramIsSent() throws IOException {
        try (FakeServer server = FakeServer.start(url(), expectLine("a"), send(""), send("b"));
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            assertThat(client.send("a").receive()).isEmpty();
            assertThat(client.receive()).isEqualTo("b");
            server.verify();
        }
    }

    @Test
    void cannotSpeakTls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("udg:", Script.parse("@starttls")))
                .withMessageStartingWith("over udg, @starttls needs a stream: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("udg:?certificate=expired"))
                .withMessage("\"udg:?certificate=expired\": TLS settings are for streams and dtls, and have no effect"
                        + " over udg");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        int before = openFiles();
        for (int i = 0; i < 100; i++) {
            try (FakeServer server = FakeServer.start("udg:", echo());
                    UnixDatagramClient client = UnixDatagramClient.named(server)) {
                assertThat(client.send("hello").receive()).isEqualTo("hello");
            }
        }
        assertThat(openFiles()).isLessThan(before + 50);
    }

    /** Other tests of this JVM may open some. */
    private static int openFiles() {
        String[] descriptors = new File("/proc/self/fd").list();
        return descriptors == null ? 0 : descriptors.length;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import io.socketharness.testing.UnixDatagramClient;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Servers of Unix datagrams that refuse clients: "Connection refused". */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class UnixDatagramRefusalTest {

    static List<String> urls() {
        return List.of("udg:", abstractUrl());
    }

    private static String abstractUrl() {
        return "udg:@socket-harness-refuses-" + System.nanoTime();
    }

    @ParameterizedTest
    @MethodSource("urls")
    void refusesAndListensAgainAtTheSameAddress(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo());
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send("a").receive()).isEqualTo("a");
                server.refuse();
                assertThat(server).hasToString("FakeServer{" + server.uri() + ", refusing}");
                assertRefused(server);
                server.listen();
            }
            assertThat(client.send("b").receive()).isEqualTo("b");
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
        }
    }

    /** Each refusal closes the channel of junixsocket. */
    private static void assertRefused(FakeServer server) {
        assertThatThrownBy(() -> {
                    try (UnixDatagramClient client = UnixDatagramClient.unnamed(server)) {
                        client.send("?");
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Connection refused");
    }

    @Test
    void aConnectedSocketMustConnectAgain() throws IOException {
        try (FakeServer server = FakeServer.start("udg:");
                AFUNIXDatagramChannel client = AFUNIXDatagramChannel.open()) {
            client.connect(AFUNIXSocketAddress.of(server.path()));
            server.refuse();
            server.listen();
            assertThatThrownBy(() -> client.write(ByteBuffer.wrap(new byte[1])))
                    .hasMessageContaining("Connection refused");
        }
    }

    @Test
    void theFileStaysWithItsPermissions(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("log");
        try (FakeServer server = FakeServer.start("udg:" + path + "?mode=0620")) {
            server.refuse();
            assertThat(permissions(path)).isEqualTo("rw--w----");
            assertThatThrownBy(() -> FakeServer.start("udg:" + path + "?replaceStale=true"))
                    .hasMessageContaining("a running server uses this path");
            server.listen();
            assertThat(permissions(path)).isEqualTo("rw--w----");
            server.refuse();
        }
        assertThat(path).doesNotExist();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void cannotListenAgainWithoutItsFile(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("log");
        try (FakeServer server = FakeServer.start("udg:" + path)) {
            server.refuse();
            Files.delete(path);
            assertThatThrownBy(server::listen)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(server.uri() + " cannot listen again: its file was deleted in the meantime");
        }
    }

    @Test
    void anAbstractNameIsFreeMeanwhile() throws IOException {
        String url = abstractUrl();
        try (FakeServer server = FakeServer.start(url, echo())) {
            server.refuse();
            try (FakeServer other = FakeServer.start(url)) {
                assertThat(other.uri()).isEqualTo(server.uri());
                assertThatThrownBy(server::listen)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(server.uri()
                                + " cannot listen again: another socket has this name; use another name, or no path"
                                + " for a private socket; an abstract name is free while the server refuses clients");
            }
            server.listen();
            try (UnixDatagramClient client = UnixDatagramClient.named(server)) {
                assertThat(client.send("a").receive()).isEqualTo("a");
            }
        }
    }

    @Test
    void receivesAllThatWasSentBefore() throws IOException {
        try (FakeServer server = FakeServer.start("udg:");
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            for (int i = 0; i < 1_000; i++) {
                client.send("x");
            }
            server.refuse();
            assertThat(server.recording().exchanges())
                    .singleElement()
                    .satisfies(
                            exchange -> assertThat(exchange.receivedDatagrams()).hasSize(1_000));
        }
    }

    @Test
    void sendsNothingAndRecordsThat() throws IOException {
        try (FakeServer server = FakeServer.start("udg:");
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            client.send("hello");
            Connection connection = server.accept();
            server.refuse();
            connection.sendLine("lost");
            assertThat(connection.exchange().toString())
                    .contains("  a datagram of 4 bytes not sent: the server refuses clients until listen() is called");

            server.listen();
            connection.sendLine("back");
            assertThat(client.receive()).isEqualTo("back");
            assertThat(connection.exchange().sentDatagrams()).containsExactly(Bytes.ofText("back"));
        }
    }

    @Test
    void isVerified() throws IOException {
        try (FakeServer server = FakeServer.start("udg:?timeout=100ms", Script.parse("C: one\nS: 1\nC: two\nS: 2"));
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            assertThat(client.send("one").receive()).isEqualTo("1");
            server.refuse();
            assertThat(Reports.of(server)).contains("step 3 of 4", "C: two");

            server.listen();
            assertThat(client.send("two").receive()).isEqualTo("2");
            server.refuse();
            server.verify();
        }
    }

    @Test
    void mayBeClosedWhileItChanges() throws Exception {
        int before = openFiles();
        for (int i = 0; i < 100; i++) {
            FakeServer server = FakeServer.start("udg:");
            FutureTask<Void> changing = new FutureTask<>(() -> {
                for (int n = 0; n < 10; n++) {
                    server.refuse();
                    server.listen();
                }
                return null;
            });
            new Thread(changing).start();
            for (int spins = i * 100; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            Path path = server.path();
            server.close();
            changing.get();
            assertThat(path.getParent()).doesNotExist();
            server.verify();
        }
        assertThat(openFiles()).isLessThan(before + 50);
    }

    /** Other tests of this JVM may open some. */
    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}

package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Exchange;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Many clients at once, and many servers one after the other. */
@Timeout(180)
class LoadTest {

    @Test
    void servesAndRecordsAThousandClientsAtOnce() throws IOException {
        int clients = 1_000;
        try (FakeServer server = FakeServer.start(
                "tcp:?timeout=60s",
                expectLineMatching("(?<n>.*)"),
                sendLine("you are ${n}"),
                expectLineMatching("bye ${n}"))) {
            List<Client> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(Client.of(server));
            }
            for (int i = 0; i < clients; i++) {
                all.get(i).send("client " + i);
            }
            for (int i = 0; i < clients; i++) {
                assertThat(all.get(i).receive()).isEqualTo("you are client " + i);
                all.get(i).send("bye client " + i);
            }
            server.verify();
            List<Exchange> exchanges = server.recording().exchanges();
            assertThat(exchanges).hasSize(clients);
            for (int i = 0; i < clients; i++) {
                assertThat(exchanges.get(i).receivedText()).isEqualTo("client " + i + "\nbye client " + i + "\n");
                all.get(i).close();
            }
        }
    }

    @Test
    void recordsAThousandUdpSources() throws IOException {
        try (FakeServer server =
                FakeServer.start("udp:?timeout=60s", expectLineMatching("(?<n>.*)"), sendLine("you are ${n}"))) {
            List<Client> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(Client.of(server));
                all.get(i).send("client " + i);
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(all.get(i).receive()).isEqualTo("you are client " + i);
                all.get(i).close();
            }
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1_000);
        }
    }

    @Test
    void answersEachOfManyDatagramsFromManySources() throws Exception {
        int clients = 16;
        try (FakeServer server = FakeServer.start("udp:", echo())) {
            ExecutorService pool = Executors.newFixedThreadPool(clients);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(pool.submit(() -> exchange(server, 2_000)));
            }
            pool.shutdown();
            for (Future<?> one : all) {
                one.get();
            }
            server.verify();
        }
    }

    private static Void exchange(FakeServer server, int datagrams) throws IOException {
        try (Client client = Client.of(server)) {
            for (int i = 0; i < datagrams; i++) {
                client.send("datagram " + i);
                assertThat(client.receive()).isEqualTo("datagram " + i);
            }
        }
        return null;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void twoThousandLivesLeaveNothingBehind() throws IOException {
        live("tcp:");
        live("udp:");
        int descriptors = descriptors();
        int threads = threads();
        for (int i = 0; i < 1_000; i++) {
            live("tcp:");
            live("udp:");
        }
        assertThat(threads()).isEqualTo(threads);
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 2);
    }

    private static void live(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, expectLineMatching("(?<n>.*)"), sendLine("${n}"));
                Client client = Client.of(server)) {
            client.send("x");
            assertThat(client.receive()).isEqualTo("x");
            server.verify();
        }
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("tcp://") || t.getName().startsWith("udp://"))
                .count();
    }
}

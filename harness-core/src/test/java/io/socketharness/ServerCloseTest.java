package io.socketharness;

import static io.socketharness.script.Behaviours.chargen;
import static io.socketharness.script.Behaviours.delay;
import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.drip;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.stall;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.script.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server ends within a second, whatever its clients and behaviours do. */
@Timeout(60)
class ServerCloseTest {

    /** Above the promise of a second, for a machine that is busy with other tests. */
    private static final Duration SOON = Duration.ofSeconds(3);

    static Stream<Arguments> behaviours() {
        return Stream.of(
                Arguments.of("echo", echo()),
                Arguments.of("discard", discard()),
                Arguments.of("stall", stall()),
                Arguments.of("chargen, never read", chargen()),
                Arguments.of("a long delay", delay(Duration.ofHours(1))),
                Arguments.of(
                        "a slow drip",
                        io.socketharness.script.Script.of(drip(1, Duration.ofMinutes(1)), send("x".repeat(100)))),
                Arguments.of("a send that nobody reads", send(new byte[16 << 20])),
                Arguments.of("a regex that would never end", expectLineMatching("(x+x+)+\\1y")),
                Arguments.of("code that heeds its interrupt", (Behaviour) c -> new CountDownLatch(1).await()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void endsWithin(String name, Behaviour behaviour) throws IOException {
        FakeServer server = FakeServer.start("tcp:?strict=false", behaviour);
        try (Client.Stream client = (Client.Stream) Client.of(server)) {
            client.send("x".repeat(64));
            server.recording().awaitExchange(0);
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            assertThat(threadsOf(server)).isEmpty();
        }
    }

    @Test
    void endsUnderAFlood() throws Exception {
        FakeServer server = FakeServer.start("tcp:");
        try (Client.Stream client = (Client.Stream) Client.of(server)) {
            Thread flood = new Thread(() -> {
                try {
                    while (true) {
                        client.raw("flood ".repeat(1000));
                    }
                } catch (IOException closed) {
                    // as it should be
                }
            });
            flood.start();
            server.recording().awaitReceived("flood");
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            flood.join(10_000);
            assertThat(flood.isAlive()).isFalse();
        }
    }

    @Test
    void aBehaviourMayCloseItsOwnServer() throws Exception {
        FakeServer[] own = new FakeServer[1];
        CountDownLatch done = new CountDownLatch(1);
        own[0] = FakeServer.start("tcp:", c -> {
            c.receiveLine();
            own[0].close();
            done.countDown();
        });
        try (Client client = Client.of(own[0])) {
            client.send("x");
            assertThat(done.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Stream<Thread> threadsOf(FakeServer server) {
        String name = server.recording().title();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith(name));
    }
}

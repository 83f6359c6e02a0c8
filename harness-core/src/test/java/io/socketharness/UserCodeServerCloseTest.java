package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a server closes its sockets, whatever the user's code does. */
@Timeout(60)
class UserCodeServerCloseTest {

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#streams")
    void thatSpinsKeepsNoClientWaiting(String url) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        FakeServer server = FakeServer.start(url, c -> {
            c.receiveLine();
            begun.countDown();
            while (!over.get()) {
                Thread.onSpinWait();
            }
        });
        try (Client client = Client.of(server)) {
            client.send("a");
            begun.await();
            server.close();
            assertThat(client.receive()).startsWith("end");
        } finally {
            over.set(true);
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void thatIgnoresItsInterruptKeepsNoAddress(String url) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        FakeServer server = FakeServer.start(url, c -> {
            c.receiveLine();
            begun.countDown();
            while (!over.get()) {
                Thread.interrupted();
                Thread.onSpinWait();
            }
        });
        try (Client client = Client.of(server)) {
            client.send("a");
            begun.await();
            server.close();
            assertThat(isTaken(server)).isFalse();
        } finally {
            over.set(true);
        }
    }

    /** Its path, or its abstract name behind an @. */
    private static String path(FakeServer unix) {
        return unix.uri().toString().replaceFirst("\\A\\w+:(//)?", "");
    }

    /** Whether another server cannot be started where that one was. */
    private static boolean isTaken(FakeServer ended) throws IOException {
        Transport transport = ended.spec().transport();
        String address = transport.isUnix() ? path(ended) : "//" + ended.host() + ":" + ended.port();
        if (transport.isUnix() && !address.startsWith("@")) {
            return java.nio.file.Files.exists(java.nio.file.Path.of(address));
        }
        try {
            FakeServer.start(transport + ":" + address).close();
            return false;
        } catch (ServerStartException taken) {
            return true;
        }
    }
}

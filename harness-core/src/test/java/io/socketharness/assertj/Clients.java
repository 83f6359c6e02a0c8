package io.socketharness.assertj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What clients do in these tests, and the messages of assertions that fail on them. */
final class Clients {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    interface Action {
        void run() throws IOException;
    }

    private Clients() {}

    static Socket connect(FakeServer server) throws IOException {
        Socket socket = new Socket(server.host(), server.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    static void send(Socket client, int... bytes) throws IOException {
        for (int b : bytes) {
            client.getOutputStream().write(b);
        }
    }

    static void send(DatagramSocket client, FakeServer server, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        client.send(new DatagramPacket(bytes, bytes.length, server.address()));
    }

    static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /**
     * Acts on another thread, once the calling one waits for a recording to change. The JVM has no event for that, so the
     * other thread watches what the calling one is parked on.
     */
    static CompletableFuture<Void> later(Action action) {
        Thread test = Thread.currentThread();
        return CompletableFuture.runAsync(() -> {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!(LockSupport.getBlocker(test) instanceof Condition)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("the assertion under test does not wait");
                }
                Thread.onSpinWait();
            }
            try {
                action.run();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** The message of the failure, in which ports and times are the same for every run. */
    static String failureOf(ThrowingCallable assertion) {
        AssertionError failure = catchThrowableOfType(AssertionError.class, assertion);
        assertThat(failure).as("the assertion's failure").isNotNull();
        return Reports.message(failure);
    }
}

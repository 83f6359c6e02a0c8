package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;

import io.socketharness.script.Behaviour;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Runs servers where the process has hardly a descriptor left; {@link FewDescriptorsTest} starts it. */
final class FewDescriptors {

    private static final Behaviour[] SCRIPT = {expectLine("PING"), sendLine("PONG")};

    private FewDescriptors() {}

    public static void main(String[] arguments) throws IOException {
        loadClasses(arguments);
        for (String url : arguments) {
            System.out.println(url + " " + starts(url));
        }
        accepts();
    }

    /** What is loaded from a directory takes a descriptor. */
    private static void loadClasses(String[] urls) throws IOException {
        try (FakeServer first = FakeServer.start("tcp:", SCRIPT)) {
            System.out.println(exchange(first));
            try (FakeServer unused = FakeServer.start("tcp://127.0.0.1:" + first.port())) {
                System.out.println("two servers at one port");
            } catch (ServerStartException taken) {
                System.out.println("loaded");
            }
        }
        for (String url : urls) {
            try (FakeServer server = FakeServer.start(url, SCRIPT)) {
                exchange(server);
                server.verify();
            }
        }
        try (FakeServer server = FakeServer.start("tcp:?timeout=1ms", SCRIPT);
                Client silent = Client.of(server)) {
            server.recording().awaitExchange(0);
            server.verify();
        } catch (AssertionError outstanding) {
            System.out.println("loaded too");
        }
        new Hoard().release(Integer.MAX_VALUE);
    }

    /** Starts servers with more and more descriptors left: one that has started serves. */
    private static String starts(String url) throws IOException {
        StringBuilder out = new StringBuilder();
        for (int left = 0; left < 12; left++) {
            awaitEndOfServers();
            Hoard hoard = new Hoard();
            hoard.release(left);
            try (FakeServer server = FakeServer.start(url, SCRIPT)) {
                hoard.release(Integer.MAX_VALUE);
                out.append(exchange(server).equals("PONG") ? "serves " : "does not serve ");
            } catch (ServerStartException failed) {
                hoard.release(Integer.MAX_VALUE);
                String message = String.valueOf(failed.getMessage());
                out.append(
                        message.endsWith(": Too many open files; this process has reached its limit of open files:"
                                        + " close some, or raise the limit (ulimit -n)")
                                ? "fails "
                                : message + " ");
            }
        }
        return out.toString().replaceAll("(\\w+ )\\1+", "$1").strip();
    }

    /** On a busy machine a thread of a server that was closed may still have a descriptor to close. */
    private static void awaitEndOfServers() {
        while (Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .anyMatch(name -> name.endsWith(" listener") || name.matches(".* connection \\d+"))) {
            Thread.onSpinWait();
        }
    }

    private static String exchange(FakeServer server) throws IOException {
        try (Client client = Client.of(server)) {
            client.send("PING");
            return client.receive();
        }
    }

    /**
     * A client comes when there is no descriptor for its connection, and is served when there is one. The JVM itself may
     * give back a descriptor meanwhile: then it is tried again.
     */
    private static void accepts() throws IOException {
        String seen = acceptsOnce();
        for (int i = 0; i < 5 && seen.startsWith("came true"); i++) {
            seen = acceptsOnce();
        }
        System.out.println(seen);
    }

    private static String acceptsOnce() throws IOException {
        awaitEndOfServers();
        try (FakeServer server = FakeServer.start("tcp:?timeout=200ms", SCRIPT);
                SocketChannel client = SocketChannel.open()) {
            Hoard hoard = new Hoard();
            client.connect(server.address());
            client.write(ByteBuffer.wrap("PING\n".getBytes(StandardCharsets.UTF_8)));
            boolean came = server.recording().await(r -> !r.exchanges().isEmpty(), Duration.ofMillis(300));
            String told = "nothing";
            try {
                server.verify();
            } catch (AssertionError notServed) {
                told = String.valueOf(notServed.getSuppressed()[0].getMessage()).replace(server.uri() + "", "server");
            }
            // for the connection, and none for a selector
            hoard.release(1);
            ByteBuffer answer = ByteBuffer.allocate(100);
            int count = client.read(answer);
            hoard.release(Integer.MAX_VALUE);
            server.verify();
            return "came " + came + ", told " + told + ", then "
                    + new String(answer.array(), 0, count, StandardCharsets.UTF_8).strip();
        }
    }

    /** All descriptors that the process could still have. */
    private static final class Hoard {

        private final Deque<FileInputStream> files = new ArrayDeque<>();

        Hoard() {
            try {
                while (true) {
                    files.push(new FileInputStream("/dev/null"));
                }
            } catch (IOException noMore) {
                // that is what it is for
            }
        }

        void release(int most) throws IOException {
            for (int left = most; left > 0 && !files.isEmpty(); left--) {
                files.pop().close();
            }
        }
    }
}

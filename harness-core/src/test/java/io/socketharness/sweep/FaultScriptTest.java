package io.socketharness.sweep;

import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.duplicateDatagrams;
import static io.socketharness.network.NetworkConditions.swapDatagrams;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import io.socketharness.script.Script;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scripts of a failing run, used in a normal test, break the same client in the same way. */
class FaultScriptTest {

    private static final Duration LIMIT = Duration.ofMillis(1500);
    private static final int TIMEOUT = 500;

    private static final String QUESTIONS = """
            C: GET a
            S: value of a
            C: GET b
            S: value of b
            """;

    /** What a test calls according to a comment. */
    private static final Pattern NETWORK =
            Pattern.compile("# Call server\\.network\\((\\w+)Datagrams\\((\\d+)(?:, \\d+)?\\)\\.toServer\\(\\)\\)");

    private final List<AutoCloseable> leaked = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeLeaked() throws Exception {
        for (AutoCloseable one : leaked) {
            one.close();
        }
    }

    private static Sweep sweep(String transport, String script) {
        return Sweep.of(ServerSpec.builder(transport)
                        .script(Script.parse(script))
                        .timeout(Duration.ofSeconds(2))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(LIMIT)
                .parallel(16)
                .max(40);
    }

    private static Socket connect(FakeServer server) throws IOException {
        return SweptSockets.connect(server, TIMEOUT);
    }

    private static Socket connectWithoutReadTimeout(FakeServer server) throws IOException {
        Socket socket = connect(server);
        socket.setSoTimeout(0);
        return socket;
    }

    private static void assertAnswers(Socket socket) throws IOException {
        assertThat(SweptSockets.ask(socket, "GET a")).isEqualTo("value of a");
        assertThat(SweptSockets.ask(socket, "GET b")).isEqualTo("value of b");
    }

    private static void assertSame(Verdict verdict, String transport, Sweep sweep, SweptTest client) throws Exception {
        assertSame(verdict, transport, sweep.run(client), client);
    }

    /** Replays one failing run of each effect, of one connection and of all later ones. */
    private static void assertSame(Verdict verdict, String transport, SweepReport report, SweptTest client)
            throws Exception {
        Map<String, SweepRun> samples = new LinkedHashMap<>();
        for (SweepRun run : report.failures()) {
            String kind = run.effect() + (run.isPersistent() ? " always" : " once");
            // a delay of four fifths of the time limit is a hang only on a slow machine
            boolean slow = verdict == Verdict.HANG && run.effect() == Effect.DELAY;
            if (run.verdict() == verdict && !slow) {
                samples.putIfAbsent(kind, run);
            }
        }
        assertThat(samples).isNotEmpty();
        Map<SweepRun, Future<String>> replays = new LinkedHashMap<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (SweepRun run : samples.values()) {
                replays.put(run, threads.submit(() -> replay(transport, run, client)));
            }
            List<String> different = new ArrayList<>();
            for (Map.Entry<SweepRun, Future<String>> replay : replays.entrySet()) {
                SweepRun run = replay.getKey();
                String found = replay.getValue().get();
                if (!found.equals(run.verdict().name())) {
                    different.add(run + " was " + found + " with\n" + String.join("\n--\n", run.scripts()));
                }
            }
            assertThat(different).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static String replay(String transport, SweepRun run, SweptTest client) throws Exception {
        List<String> scripts = run.scripts();
        ServerSpecBuilder spec =
                ServerSpec.builder(transport).timeout(Duration.ofSeconds(2)).strict(false);
        spec.scripts(scripts.subList(0, scripts.size() - 1).stream()
                        .map(Script::parse)
                        .toList())
                .script(Script.parse(scripts.get(scripts.size() - 1)));
        try (FakeServer server = FakeServer.start(spec.build())) {
            if (scripts.get(0).contains("Call server.refuse() before")) {
                server.refuse();
            }
            if (scripts.get(0).contains("Call server.ignore() before")) {
                server.ignore();
            }
            Matcher network = NETWORK.matcher(scripts.get(0));
            if (network.find()) {
                int number = Integer.parseInt(network.group(2));
                server.network(
                        switch (network.group(1)) {
                            case "drop" -> dropDatagrams(number).toServer();
                            case "duplicate" -> duplicateDatagrams(number).toServer();
                            default -> swapDatagrams(number, number + 1).toServer();
                        });
            }
            return verdict(server, client, run);
        }
    }

    private static String verdict(FakeServer server, SweptTest client, SweepRun run) throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client.run(server);
                end.complete(null);
            } catch (Throwable thrown) {
                end.completeExceptionally(thrown);
            }
        });
        thread.start();
        Optional<Throwable> thrown = Optional.empty();
        try {
            end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hangs) {
            return server.recording().exchanges().size() > 20 ? "RETRY_STORM" : "HANG";
        } catch (ExecutionException failed) {
            thrown = Optional.ofNullable(failed.getCause());
        } finally {
            thread.interrupt();
        }
        Recording recording = server.recording();
        if (recording.exchanges().size() > 20) {
            return "RETRY_STORM";
        }
        recording.await(
                all -> all.exchanges().stream().allMatch(FaultScriptTest::isEndedByClient), Duration.ofMillis(500));
        long charges = recording.exchanges().stream()
                .filter(one -> one.received().text().contains("CHARGE 10\r\n"))
                .count();
        if (charges > 1) {
            return "REPEATED";
        }
        if (run.verdict() == Verdict.SERVER_FAILED) {
            try {
                server.verify();
            } catch (AssertionError failed) {
                return "SERVER_FAILED";
            }
        }
        if (run.verdict() == Verdict.LEAK
                && !recording.exchanges().stream().allMatch(FaultScriptTest::isEndedByClient)) {
            return "LEAK";
        }
        return thrown.isEmpty()
                ? "SWALLOWED"
                : thrown.get() instanceof AssertionError
                        ? "WRONG_RESULT"
                        : thrown.get() instanceof IOException ? "TOLERATED" : "WRONG_EXCEPTION";
    }

    private static boolean isEndedByClient(Exchange exchange) {
        return exchange.has(Event.Kind.HALF_CLOSED_BY_CLIENT)
                || exchange.has(Event.Kind.RESET_BY_CLIENT)
                || exchange.has(Event.Kind.RESET_BY_SERVER)
                || exchange.has(Event.Kind.CLOSED);
    }

    @Test
    void hang() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connectWithoutReadTimeout(server)) {
                assertAnswers(socket);
            }
        };
        assertSame(Verdict.HANG, "tcp", sweep("tcp", QUESTIONS), client);
    }

    @Test
    void hangOverTls() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connectWithoutReadTimeout(server)) {
                assertAnswers(socket);
            }
        };
        assertSame(Verdict.HANG, "tls", sweep("tls", QUESTIONS), client);
    }

    @Test
    void wrongResult() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connect(server)) {
                socket.getOutputStream().write("TEMP?\r\n".getBytes(UTF_8));
                byte[] buffer = new byte[100];
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    throw new EOFException();
                }
                assertThat(new String(buffer, 0, count, UTF_8)).isEqualTo("21.5\r\n");
            }
        };
        assertSame(Verdict.WRONG_RESULT, "tcp", sweep("tcp", "C: TEMP?\nS: 21.5\n"), client);
    }

    @Test
    void swallowed() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connect(server)) {
                assertAnswers(socket);
            } catch (IOException swallowed) {
                // the weakness
            }
        };
        assertSame(Verdict.SWALLOWED, "tcp", sweep("tcp", QUESTIONS), client);
        assertSame(Verdict.SWALLOWED, "tls", sweep("tls", QUESTIONS), client);
    }

    @Test
    void wrongException() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connect(server)) {
                assertAnswers(socket);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        };
        assertSame(Verdict.WRONG_EXCEPTION, "tcp", sweep("tcp", QUESTIONS), client);
    }

    @Test
    void repeated() throws Exception {
        SweptTest client = server -> {
            for (int attempts = 0; ; attempts++) {
                try (Socket socket = connect(server)) {
                    assertThat(SweptSockets.ask(socket, "CHARGE 10")).isEqualTo("charged");
                    return;
                } catch (IOException failed) {
                    if (attempts == 1) {
                        throw failed;
                    }
                }
            }
        };
        String script = "C: CHARGE 10\nS: charged\n";
        assertSame(Verdict.REPEATED, "tcp", sweep("tcp", script).once("^CHARGE").max(200), client);
    }

    @Test
    void retryStorm() throws Exception {
        SweptTest client = server -> {
            while (!Thread.currentThread().isInterrupted()) {
                try (Socket socket = connect(server)) {
                    assertAnswers(socket);
                    return;
                } catch (IOException again) {
                    // the weakness
                }
            }
        };
        assertSame(Verdict.RETRY_STORM, "tcp", sweep("tcp", QUESTIONS).max(200), client);
    }

    @Test
    void leak() throws Exception {
        SweptTest client = server -> {
            Socket socket = connect(server);
            leaked.add(socket);
            assertAnswers(socket);
            // not closed after an exception: the weakness
            socket.close();
        };
        assertSame(Verdict.LEAK, "tcp", sweep("tcp", QUESTIONS).max(15), client);
    }

    @Test
    void serverFailed() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connect(server)) {
                assertAnswers(socket);
            } catch (IOException failed) {
                try (Socket socket = connect(server)) {
                    // the weakness: it continues where the first connection ended
                    SweptSockets.ask(socket, "GET b");
                }
            }
        };
        assertSame(Verdict.SERVER_FAILED, "tcp", sweep("tcp", QUESTIONS), client);
    }

    @Test
    void oldAnswerTakenForANewOne() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connect(server)) {
                try {
                    SweptSockets.ask(socket, "GET a");
                } catch (java.net.SocketTimeoutException late) {
                    // a value that is not needed
                }
                assertThat(SweptSockets.ask(socket, "GET b")).isEqualTo("value of b");
            }
        };
        assertSame(Verdict.WRONG_RESULT, "tcp", sweep("tcp", QUESTIONS), client);
    }

    @Test
    void hangOverUnixSockets() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connectWithoutReadTimeout(server)) {
                assertAnswers(socket);
            }
        };
        assertSame(Verdict.HANG, "unix", sweep("unix", QUESTIONS), client);
    }

    @Test
    void hangAfterStartTls() throws Exception {
        String script = "C: STARTTLS\nS: go ahead\n@starttls\n" + QUESTIONS;
        SweptTest client = server -> {
            try (Socket plain = connect(server)) {
                assertThat(SweptSockets.ask(plain, "STARTTLS")).isEqualTo("go ahead");
                plain.setSoTimeout(0);
                try (Socket socket = SweptSockets.startTls(server, plain)) {
                    assertAnswers(socket);
                }
            }
        };
        assertSame(Verdict.HANG, "tcp", sweep("tcp", script), client);
    }

    private static String askInDatagram(DatagramChannel channel, String question) throws IOException {
        channel.write(ByteBuffer.wrap(question.getBytes(UTF_8)));
        ByteBuffer answer = ByteBuffer.allocate(100);
        channel.read(answer);
        return new String(answer.array(), 0, answer.position(), UTF_8);
    }

    @Test
    void datagrams() throws Exception {
        SweptTest client = server -> {
            // an interrupt ends the read of a channel
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.connect(server.address());
                assertThat(askInDatagram(channel, "GET a")).isEqualTo("value of a");
                assertThat(askInDatagram(channel, "GET b")).isEqualTo("value of b");
            }
        };
        SweepReport report = sweep("udp", QUESTIONS).run(client);
        assertSame(Verdict.HANG, "udp", report, client);
        assertSame(Verdict.WRONG_RESULT, "udp", report, client);
    }

    @Test
    void secondConnection() throws Exception {
        SweptTest client = server -> {
            try (Socket socket = connect(server)) {
                assertThat(SweptSockets.ask(socket, "GET a")).isEqualTo("value of a");
            }
            try (Socket socket = connectWithoutReadTimeout(server)) {
                assertThat(SweptSockets.ask(socket, "GET b")).isEqualTo("value of b");
            }
        };
        Sweep sweep = Sweep.of(ServerSpec.builder("tcp")
                        .scripts(List.of(
                                Script.parse("C: GET a\nS: value of a\n"), Script.parse("C: GET b\nS: value of b\n")))
                        .build())
                .tolerating(IOException.class)
                .timeLimit(LIMIT)
                .parallel(16)
                .max(40);
        assertSame(Verdict.HANG, "tcp", sweep, client);
    }

    @Test
    void writesMessagesExactly() {
        String script = """
                S: 220 ready
                C~ LOGIN (.*)
                S! 00 01 ff
                C! 00 02
                S< \\x20id \\x20
                C~ FROM \\d+ ID \\d+
                S: listens on ${port}
                """;
        SweepReport report = Sweep.of(ServerSpec.builder("tcp")
                        .script(Script.parse(script))
                        .redact("LOGIN (.*)")
                        .build())
                .mask("(?<=ID )\\d+")
                .only("delay \"S: listens on ${port}\" (connection 0)")
                .run(server -> {
                    try (Socket socket = connect(server)) {
                        SweptSockets.line(socket.getInputStream());
                        socket.getOutputStream().write("LOGIN secret\r\n".getBytes(UTF_8));
                        socket.getInputStream().readNBytes(3);
                        socket.getOutputStream().write(new byte[] {0, 2});
                        socket.getInputStream().readNBytes(5);
                        long id = System.nanoTime();
                        assertThat(SweptSockets.ask(socket, "FROM 1 ID " + id)).startsWith("listens on");
                    }
                });
        assertThat(report.failures()).singleElement().satisfies(run -> {
            assertThat(run.scripts()).singleElement().asString().matches("""
                    # delay "S: listens on \\$\\{port}" \\(connection 0\\)
                    # The client throws an exception that is not tolerated.
                    S: 220 ready
                    C~ LOGIN .*
                    S! 00 01 ff
                    C! 00 02
                    S< \\\\x20id \\\\x20
                    C~ FROM 1 ID .*
                    @delay \\d+ms
                    S: listens on \\$\\{port}""");
            assertThat(run.reason()).doesNotContain("secret");
        });
        assertThat(report.matrix()).contains("C: LOGIN ******").doesNotContain("secret");
    }
}

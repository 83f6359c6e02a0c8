package io.socketharness.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients with one weakness each: the sweep finds it, and nothing else. */
class PlantedWeaknessTest {

    private static final Duration LIMIT = Duration.ofMillis(2500);
    private static final int TIMEOUT = 400;

    /** Two questions on one connection, and a farewell. */
    private static final String QUESTIONS = """
            C: GET a
            S: value of a
            C: GET b
            S: value of b
            C: QUIT
            S: bye
            """;

    private static final String SHORT = "C: a\nS: 1\nC: q\nS: b\n";

    private final List<AutoCloseable> leaked = new ArrayList<>();

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
                .max(2000);
    }

    private static void assertOnly(SweepReport report, Verdict verdict) {
        assertThat(report.failures())
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.verdict())
                        .as("%s: %s", run, run.reason())
                        .isEqualTo(verdict));
    }

    private static Socket connect(FakeServer server) throws IOException {
        return SweptSockets.connect(server, TIMEOUT);
    }

    private static void assertAnswers(Socket socket) throws IOException {
        assertThat(SweptSockets.ask(socket, "GET a")).isEqualTo("value of a");
        assertThat(SweptSockets.ask(socket, "GET b")).isEqualTo("value of b");
        assertThat(SweptSockets.ask(socket, "QUIT")).isEqualTo("bye");
    }

    @Test
    void noReadTimeout() {
        SweepReport report = sweep("tcp", SHORT).run(server -> {
            try (Socket socket = new Socket()) {
                socket.connect(server.address(), TIMEOUT);
                assertThat(SweptSockets.ask(socket, "a")).isEqualTo("1");
                assertThat(SweptSockets.ask(socket, "q")).isEqualTo("b");
            }
        });
        assertOnly(report, Verdict.HANG);
        assertThat(report.failures())
                .allSatisfy(run -> assertThat(run.effect()).isIn(Effect.STALL, Effect.STOP_READING));
    }

    @Test
    void noConnectTimeout() {
        SweepReport report = sweep("tcp", QUESTIONS).run(server -> {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(TIMEOUT);
                socket.connect(server.address());
                assertAnswers(socket);
            }
        });
        assertOnly(report, Verdict.HANG);
        assertThat(report.failures()).extracting(SweepRun::name).containsExactly("ignore connection 0 and later");
    }

    @Test
    void oneReadTakenForAMessage() {
        SweepReport report = sweep("tcp", "C: TEMP?\nS: 21.5\n").run(server -> {
            try (Socket socket = connect(server)) {
                socket.getOutputStream().write("TEMP?\r\n".getBytes(UTF_8));
                byte[] buffer = new byte[100];
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    throw new EOFException();
                }
                assertThat(new String(buffer, 0, count, UTF_8)).isEqualTo("21.5\r\n");
            }
        });
        assertOnly(report, Verdict.WRONG_RESULT);
        assertThat(report.failures()).extracting(SweepRun::effect).contains(Effect.SPLIT, Effect.CLOSE);
    }

    @Test
    void exceptionSwallowed() {
        SweepReport report = sweep("tcp", QUESTIONS).run(server -> {
            try (Socket socket = connect(server)) {
                SweptSockets.ask(socket, "GET a");
                SweptSockets.ask(socket, "GET b");
                SweptSockets.ask(socket, "QUIT");
            } catch (IOException swallowed) {
                // the weakness
            }
        });
        assertOnly(report, Verdict.SWALLOWED);
        assertThat(report.failures())
                .extracting(SweepRun::name)
                .contains(
                        "close before \"S: value of a\" (connection 0)",
                        "stall after 6 bytes of \"S: value of b\" (connection 0)",
                        "refuse connection 0 and later");
    }

    @Test
    void farewellSwallowed() {
        SweepReport report = sweep("tcp", QUESTIONS).run(PlantedWeaknessTest::ignoreFarewell);
        assertThat(report.failures()).isEmpty();
        SweepReport strict = sweep("tcp", QUESTIONS).lastReplyNeeded().run(PlantedWeaknessTest::ignoreFarewell);
        assertOnly(strict, Verdict.SWALLOWED);
    }

    private static void ignoreFarewell(FakeServer server) throws IOException {
        try (Socket socket = connect(server)) {
            assertThat(SweptSockets.ask(socket, "GET a")).isEqualTo("value of a");
            assertThat(SweptSockets.ask(socket, "GET b")).isEqualTo("value of b");
            try {
                SweptSockets.ask(socket, "QUIT");
            } catch (IOException unimportant) {
                // a farewell
            }
        }
    }

    @Test
    void defaultValueReturned() {
        SweepReport report = sweep("tcp", QUESTIONS).run(server -> {
            String answer = "";
            try (Socket socket = connect(server)) {
                answer = SweptSockets.ask(socket, "GET a");
                SweptSockets.ask(socket, "GET b");
                SweptSockets.ask(socket, "QUIT");
            } catch (IOException ignored) {
                // the weakness, for the first answer
                if (!answer.isEmpty()) {
                    throw ignored;
                }
            }
            assertThat(answer).isEqualTo("value of a");
        });
        assertOnly(report, Verdict.WRONG_RESULT);
    }

    @Test
    void retryWithoutALimit() {
        SweepReport report = sweep("tcp", QUESTIONS)
                .timeLimit(Duration.ofSeconds(5))
                .run(server -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        try (Socket socket = SweptSockets.connect(server, 20)) {
                            assertAnswers(socket);
                            return;
                        } catch (IOException again) {
                            // the weakness
                        }
                    }
                });
        // a server that refuses or ignores the client does not see its attempts
        assertThat(report.failures())
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.verdict())
                        .as("%s: %s", run, run.reason())
                        .isEqualTo(
                                run.name().startsWith("refuse") || run.name().startsWith("ignore")
                                        ? Verdict.HANG
                                        : Verdict.RETRY_STORM));
        assertThat(report.counts()).containsKey(Verdict.RETRY_STORM);
    }

    @Test
    void retryWithALimit() {
        SweepReport report = sweep("tcp", QUESTIONS).run(server -> {
            for (int attempts = 0; ; attempts++) {
                try (Socket socket = connect(server)) {
                    assertAnswers(socket);
                    return;
                } catch (IOException failed) {
                    if (attempts == 2) {
                        throw failed;
                    }
                }
            }
        });
        assertThat(report.failures()).isEmpty();
        assertThat(report.counts().get(Verdict.SURVIVED)).isGreaterThan(100);
    }

    @Test
    void paymentSentTwice() {
        String script = "C: CHARGE 10\nS: charged\nC: QUIT\nS: bye\n";
        SweepReport report = sweep("tcp", script).once("^CHARGE").run(server -> {
            for (int attempts = 0; ; attempts++) {
                try (Socket socket = connect(server)) {
                    assertThat(SweptSockets.ask(socket, "CHARGE 10")).isEqualTo("charged");
                    SweptSockets.ask(socket, "QUIT");
                    return;
                } catch (IOException failed) {
                    if (attempts == 1) {
                        throw failed;
                    }
                }
            }
        });
        assertOnly(report, Verdict.REPEATED);
        assertThat(report.failures())
                .extracting(SweepRun::name)
                .contains("reset before \"S: charged\" (connection 0)")
                .doesNotContain("reset before \"C: CHARGE 10\" (connection 0)");
    }

    @Test
    void connectionReusedAfterHalfAnAnswer() {
        SweepReport report = sweep("tcp", QUESTIONS).run(server -> {
            try (Socket socket = connect(server)) {
                String answer;
                try {
                    answer = SweptSockets.ask(socket, "GET a");
                } catch (SocketTimeoutException late) {
                    // the weakness
                    answer = SweptSockets.ask(socket, "GET a");
                }
                assertThat(answer).isEqualTo("value of a");
                assertThat(SweptSockets.ask(socket, "GET b")).isEqualTo("value of b");
                SweptSockets.ask(socket, "QUIT");
            }
        });
        assertOnly(report, Verdict.WRONG_RESULT);
        assertThat(report.failures())
                .extracting(SweepRun::name)
                .contains("delay \"S: value of a\" after 6 bytes (connection 0)");
    }

    @Test
    void oldAnswerTakenForANewOne() {
        SweepReport report = sweep("tcp", QUESTIONS).run(server -> {
            try (Socket socket = connect(server)) {
                try {
                    SweptSockets.ask(socket, "GET a");
                } catch (SocketTimeoutException late) {
                    // a value that is not needed
                }
                assertThat(SweptSockets.ask(socket, "GET b")).isEqualTo("value of b");
                SweptSockets.ask(socket, "QUIT");
            }
        });
        assertOnly(report, Verdict.WRONG_RESULT);
        assertThat(report.failures()).extracting(SweepRun::name).contains("delay \"S: value of a\" (connection 0)");
    }

    @Test
    void connectionLeakedAfterAnError() {
        SweepReport report = sweep("tcp", SHORT).run(server -> {
            Socket socket = connect(server);
            synchronized (leaked) {
                leaked.add(socket);
            }
            assertThat(SweptSockets.ask(socket, "a")).isEqualTo("1");
            assertThat(SweptSockets.ask(socket, "q")).isEqualTo("b");
            // not closed after an exception: the weakness
            socket.close();
        });
        assertOnly(report, Verdict.LEAK);
    }

    @Test
    void truncationTakenForTheEndOfData() {
        SweepReport report = sweep("tls", "C: GET\nS: a body until the end\n@close\n")
                .run(server -> {
                    try (Socket socket = connect(server)) {
                        socket.getOutputStream().write("GET\r\n".getBytes(UTF_8));
                        // the JDK takes a FIN without a close_notify for the end of data
                        byte[] all = socket.getInputStream().readAllBytes();
                        assertThat(new String(all, UTF_8)).isEqualTo("a body until the end\r\n");
                    }
                });
        assertOnly(report, Verdict.WRONG_RESULT);
        assertThat(report.failures()).allSatisfy(run -> assertThat(run.effect()).isEqualTo(Effect.CLOSE));
    }

    @Test
    void answerWithAWrongIdAccepted() {
        String script = """
                @match
                  C~ (?<id>\\d+) (?<name>[ab])
                  S: ${id} value of ${name}
                @end
                """;
        SweepReport report = sweep("udp", script).mask("^\\d+").run(server -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(TIMEOUT);
                socket.connect(server.address());
                assertThat(lookUp(socket, 1, "a")).endsWith("value of a");
                assertThat(lookUp(socket, 3, "b")).endsWith("value of b");
            }
        });
        assertOnly(report, Verdict.WRONG_RESULT);
        assertThat(report.failures()).extracting(SweepRun::effect).contains(Effect.DUPLICATE, Effect.DELAY);
    }

    private static String lookUp(DatagramSocket socket, int id, String name) throws IOException {
        try {
            return exchange(socket, id + " " + name);
        } catch (SocketTimeoutException lost) {
            return exchange(socket, (id + 1) + " " + name);
        }
    }

    private static String exchange(DatagramSocket socket, String question) throws IOException {
        byte[] bytes = question.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length));
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        // accepts any id: the weakness
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }

    @Test
    void partialWriteNotCompleted() {
        int size = 6 << 20;
        SweepReport report = Sweep.of(ServerSpec.builder("tcp")
                        .script(Script.parse("@receive " + size + "\nS: stored\n"))
                        .messageLimit(size)
                        .build())
                .tolerating(IOException.class)
                .timeLimit(LIMIT)
                .run(server -> {
                    try (SocketChannel channel = SocketChannel.open()) {
                        channel.socket().connect(server.address(), TIMEOUT);
                        channel.configureBlocking(false);
                        writeWhileItIsTaken(channel, ByteBuffer.allocate(size));
                        channel.configureBlocking(true);
                        channel.socket().setSoTimeout(TIMEOUT);
                        assertThat(SweptSockets.line(channel.socket().getInputStream()))
                                .isEqualTo("stored");
                    }
                });
        assertOnly(report, Verdict.WRONG_EXCEPTION);
        assertThat(report.failures()).extracting(SweepRun::effect).containsExactly(Effect.SLOW_READING);
    }

    /** Gives up without an error when the system has taken nothing for 100 ms: the weakness. */
    private static void writeWhileItIsTaken(SocketChannel channel, ByteBuffer data) throws IOException {
        long taken = System.nanoTime();
        while (data.hasRemaining()
                && System.nanoTime() - taken < Duration.ofMillis(100).toNanos()) {
            if (channel.write(data) > 0) {
                taken = System.nanoTime();
            }
        }
    }

    @Test
    void interruptSwallowed() {
        CountDownLatch over = new CountDownLatch(1);
        leaked.add(over::countDown);
        SweepReport report = sweep("tcp", QUESTIONS).parallel(1).run(server -> {
            try (Socket socket = connect(server)) {
                assertAnswers(socket);
            } catch (SocketTimeoutException late) {
                awaitWithoutInterrupt(over);
                throw late;
            }
        });
        assertOnly(report, Verdict.HANG);
        assertThat(report.failures()).hasSize(1);
        assertThat(report.counts().get(Verdict.LEFT_OUT))
                .isEqualTo(report.runs().size() - 1);
        assertThat(report.runs().get(report.runs().size() - 1).reason())
                .isEqualTo(
                        "a test did not end, although its connections were reset and its thread was interrupted for 5 s");
    }

    private static void awaitWithoutInterrupt(CountDownLatch over) {
        while (true) {
            try {
                over.await();
                return;
            } catch (InterruptedException swallowed) {
                // the weakness
            }
        }
    }
}

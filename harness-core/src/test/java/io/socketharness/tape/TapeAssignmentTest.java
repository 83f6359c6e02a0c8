package io.socketharness.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random tapes whose connections begin alike, and a client on a thread of its own for each connection. */
class TapeAssignmentTest {

    private static final int TAPES = 40;

    enum Mistake {
        NONE,
        WRONG_BYTE,
        MISSING_MESSAGE,
        MISSING_CLIENT,
        ANOTHER_CLIENT
    }

    /** The messages of each connection. Each answer is on the tape once, and has the number of its message. */
    private record RandomTape(List<List<String>> connections, boolean greets) {

        static RandomTape of(Random random) {
            List<List<String>> connections = new ArrayList<>();
            int count = 2 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                List<String> messages = new ArrayList<>();
                for (int left = 1 + random.nextInt(4); left > 0; left--) {
                    // "both" never ends a message
                    messages.add((random.nextInt(4) == 0 ? "both\r\n" : "")
                            + List.of("a", "b", "ab").get(random.nextInt(3)) + "\r\n");
                }
                connections.add(messages);
            }
            return new RandomTape(connections, random.nextInt(4) == 0);
        }

        Tape tape() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < connections.size(); i++) {
                text.append(greets ? "@connection\nS: hello " + i + "\n" : "@connection\n");
                for (int j = 0; j < connections.get(i).size(); j++) {
                    text.append("C: ")
                            .append(connections.get(i).get(j).strip().replace("\r\n", "\nC: "))
                            .append("\nS: " + i + "." + j + "\n");
                }
            }
            return Tape.parse(text.toString());
        }
    }

    /** Returns the answers. */
    private static List<String> converse(FakeServer server, RandomTape tape, List<String> messages, boolean atOnce)
            throws Exception {
        List<String> answers = new ArrayList<>();
        try (TestClient client = TestClient.connect(server)) {
            if (tape.greets()) {
                answers.add(client.readLine());
            }
            if (atOnce) {
                client.send(String.join("", messages));
            }
            for (String message : messages) {
                if (!atOnce) {
                    client.send(message);
                }
                answers.add(client.readLine());
            }
        }
        return answers;
    }

    private static void mistake(List<List<String>> clients, Mistake mistake, Random random) {
        List<String> one = clients.get(0);
        switch (mistake) {
            case NONE -> {}
            case WRONG_BYTE -> one.set(one.size() - 1, one.get(one.size() - 1).replace("\r", "?\r"));
            case MISSING_MESSAGE -> one.remove(one.size() - 1);
            case MISSING_CLIENT -> clients.remove(0);
            case ANOTHER_CLIENT -> clients.add(clients.get(random.nextInt(clients.size())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachClientGetsAConnection(Mistake mistake) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int seed = 0; seed < TAPES; seed++) {
                Random random = new Random(seed);
                RandomTape tape = RandomTape.of(random);
                List<List<String>> clients = new ArrayList<>();
                tape.connections().forEach(messages -> clients.add(new ArrayList<>(messages)));
                Collections.shuffle(clients, random);
                mistake(clients, mistake, random);
                check("seed " + seed, tape, clients, random.nextBoolean(), mistake, threads);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void check(
            String name,
            RandomTape tape,
            List<List<String>> clients,
            boolean atOnce,
            Mistake mistake,
            ExecutorService threads)
            throws Exception {
        Duration timeout = mistake == Mistake.NONE ? Duration.ofSeconds(20) : Duration.ofMillis(50);
        try (FakeServer server =
                FakeServer.start(ServerSpec.builder("tcp").timeout(timeout).build(), tape.tape())) {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            clients.forEach(messages -> tasks.add(() -> converse(server, tape, messages, atOnce)));
            List<Future<List<String>>> all = threads.invokeAll(tasks);
            @Nullable AssertionError failure = catchThrowableOfType(AssertionError.class, server::verify);
            if (mistake != Mistake.NONE) {
                assertThat(failure).as(name).isNotNull();
                return;
            }
            assertThat(failure).as(name).isNull();
            Set<String> given = new HashSet<>();
            for (Future<List<String>> one : all) {
                List<String> answers = one.get();
                assertThat(given).as(name).doesNotContainAnyElementsOf(answers);
                given.addAll(answers);
                int greeting = tape.greets() ? 1 : 0;
                for (int i = greeting; i < answers.size(); i++) {
                    assertThat(answers.get(i)).as(name).endsWith("." + (i - greeting) + "\r\n");
                }
            }
        }
    }
}

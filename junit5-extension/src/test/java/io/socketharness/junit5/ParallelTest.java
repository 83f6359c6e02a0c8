package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.JdkClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that run at the same time; the barriers prove that they do. */
class ParallelTest {

    static final Map<String, String> CONCURRENT = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    static final List<FakeServer> SEEN = new CopyOnWriteArrayList<>();
    static final CyclicBarrier ALL = new CyclicBarrier(4);
    static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @BeforeEach
    void forget() {
        SEEN.clear();
        ALL.reset();
        BOTH.reset();
    }

    static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new AssertionError("the tests did not run at the same time", alone);
        }
    }

    @Test
    void testsThatRunAtTheSameTimeHaveServersOfTheirOwn() {
        Run run = Run.of(CONCURRENT, First.class, Second.class);

        run.counts(2, 2, 0);
        assertThat(run.failures().keySet()).containsExactlyInAnyOrder("firstFails", "secondFails");
        assertThat(run.message("firstFails")).contains("[First]", "C: firstFails");
        assertThat(run.message("secondFails")).contains("[Second]", "C: secondFails");
        assertThat(SEEN).hasSize(4).doesNotHaveDuplicates();
        assertThat(SEEN).allMatch(server -> server.recording().isEnded());
    }

    static void talk(FakeServer server, FakeServer shared, String line) {
        SEEN.add(server);
        meet(ALL);
        assertThat(shared.recording().isEnded()).isFalse();
        JdkClient.tcp(server.address(), line + "\n");
    }

    @SocketServer(name = "First", script = "C: PING")
    static class First {
        @SocketServer(strict = false)
        static FakeServer shared;

        @Test
        void firstPasses(@FromServer("First") FakeServer server) {
            talk(server, shared, "PING");
        }

        @Test
        void firstFails(@FromServer("First") FakeServer server) {
            talk(server, shared, "firstFails");
        }
    }

    @SocketServer(name = "Second", script = "C: PING")
    static class Second {
        @SocketServer(strict = false)
        static FakeServer shared;

        @Test
        void secondPasses(@FromServer("Second") FakeServer server) {
            talk(server, shared, "PING");
        }

        @Test
        void secondFails(@FromServer("Second") FakeServer server) {
            talk(server, shared, "secondFails");
        }
    }

    @Test
    void instanceFieldsAreOfTheirOwnTest() {
        Run.of(CONCURRENT, PerMethod.class).passed(2);
    }

    static class PerMethod {
        @SocketServer(script = "S: hello")
        FakeServer server;

        @Test
        void one(FakeServer same) {
            use(same);
        }

        @Test
        void two(FakeServer same) {
            use(same);
        }

        private void use(FakeServer same) {
            meet(BOTH);
            assertThat(same).isSameAs(server);
            JdkClient.tcp(server.address(), "");
        }
    }

    @Test
    void oneFieldOfOneInstanceForTwoTestsAtTheSameTimeIsRefused() {
        Refusal.seen = new CountDownLatch(1);
        Run run = Run.of(CONCURRENT, PerClass.class);

        run.counts(1, 1, 0);
        assertThat(run.failures().values())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("@SocketServer on field [server] of [PerClass]: found a server in it that is still running:"
                        + " the field has an initial value, which is not allowed, or another test uses it"
                        + " at the same time; if tests run in parallel, use parameters");
    }

    @TestInstance(Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT) // which JUnit wants to be said under PER_CLASS
    @ExtendWith(Refusal.class)
    static class PerClass {
        @SocketServer
        FakeServer server;

        @Test
        void one() throws Exception {
            assertThat(Refusal.seen.await(30, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void two() throws Exception {
            assertThat(Refusal.seen.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Keeps the one test running until the other was refused. */
    static class Refusal implements AfterEachCallback {
        static volatile CountDownLatch seen = new CountDownLatch(1);

        @Override
        public void afterEach(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                seen.countDown();
            }
        }
    }
}

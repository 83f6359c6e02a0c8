package io.socketharness.junit5;

import static io.socketharness.junit5.FaultSweepTest.ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import io.socketharness.testing.SweptClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the server of a sweep stands, and what else is in the test. */
class FaultSweepScopesTest {

    static final Map<String, String> CLOSE = Map.of(ONLY, FaultSweepEvidenceTest.CLOSE);
    static final List<Object> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void theServerMayStandWhereverItBelongsToOneTest() {
        Run.of(CLOSE, Places.class, OnClass.class).passed(12);

        assertThat(SEEN).hasSize(12).doesNotHaveDuplicates();
    }

    static class Places {
        @FaultSweep(tolerates = IOException.class)
        @SocketServer(script = "S: A")
        void onMethod(InetSocketAddress address) throws IOException {
            SEEN.add(address);
            SweptClient.greeting(address);
        }

        @Nested
        class Field {
            @SocketServer(script = "S: A")
            FakeServer server;

            @FaultSweep(tolerates = IOException.class)
            void onField() throws IOException {
                SEEN.add(server);
                SweptClient.greeting(server.address());
            }
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    @SocketServer(script = "S: A")
    static class OnClass {
        @FromServer
        FakeServer server;

        @FaultSweep(tolerates = IOException.class)
        void around() throws IOException {
            SEEN.add(server);
            SweptClient.greeting(server.address());
        }

        @Nested
        class Inner {
            @FaultSweep(tolerates = IOException.class)
            void inside(@FromServer FakeServer around) throws IOException {
                SEEN.add(around);
                SweptClient.greeting(around.address());
            }
        }
    }

    @Test
    void aParameterizedClassHasASweepForEachOfItsInvocations() {
        assumeTrue(JUnit.since(5, 13), "@ParameterizedClass came with JUnit 5.13");

        Run.of(CLOSE, Parameterized.class).passed(6);

        assertThat(SEEN).containsExactly("one", "one", "one", "two", "two", "two");
    }

    @ParameterizedClass
    @ValueSource(strings = {"one", "two"})
    static class Parameterized {
        final String argument;

        Parameterized(String argument) {
            this.argument = argument;
        }

        @FaultSweep(tolerates = IOException.class)
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SEEN.add(argument);
            SweptClient.greeting(server.address());
        }
    }

    @Test
    void otherServersHaveNoFaultAndAreVerifiedWithoutOne() {
        Run run = Run.of(CLOSE, Two.class);

        run.passed(3);
    }

    static class Two {
        @FaultSweep(tolerates = IOException.class, server = "primary")
        @SocketServer(name = "primary", script = "S: A")
        @SocketServer(name = "replica", script = "S: B\nC: THANKS")
        void greets(@FromServer("primary") FakeServer primary, @FromServer("replica") FakeServer replica)
                throws IOException {
            try (SweptClient second = SweptClient.connect(replica.address())) {
                assertThat(second.line()).isEqualTo("B");
                // leaves a step of the replica outstanding after a fault
                SweptClient.greeting(primary.address());
                second.write("THANKS");
            }
        }
    }

    @Test
    void aSharedServerIsNotVerifiedForStepsThatAFaultLeavesOutstanding() {
        Run.of(CLOSE, BesideShared.class).passed(3);
    }

    static class BesideShared {
        @SocketServer(script = "S: B\nC: THANKS")
        static FakeServer shared;

        @FaultSweep(tolerates = IOException.class)
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            try (SweptClient second = SweptClient.connect(shared.address())) {
                second.line();
                SweptClient.greeting(server.address());
                second.write("THANKS");
            }
        }
    }

    @Test
    void runsOfAMethodFollowEachOtherAlsoIfOtherTestsAreConcurrent() {
        Run run = Run.of(ParallelTest.CONCURRENT, Beside.class);

        run.results().testEvents().assertStatistics(all -> all.failed(0).aborted(0));
        assertThat(Beside.OVERLAPS).isEmpty();
        assertThat(SEEN).contains("first", "second", "other");
    }

    static class Beside {
        static final Map<String, AtomicInteger> RUNNING = new ConcurrentHashMap<>();
        static final List<String> OVERLAPS = new CopyOnWriteArrayList<>();

        private static void greet(String name, FakeServer server) throws IOException {
            AtomicInteger running = RUNNING.computeIfAbsent(name, key -> new AtomicInteger());
            if (running.incrementAndGet() > 1) {
                OVERLAPS.add(name);
            }
            SEEN.add(name);
            try {
                SweptClient.greeting(server.address());
            } finally {
                running.decrementAndGet();
            }
        }

        @FaultSweep(tolerates = IOException.class, timeLimit = "3s", max = 6)
        void first(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            greet("first", server);
        }

        @FaultSweep(tolerates = IOException.class, timeLimit = "3s", max = 6)
        void second(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            greet("second", server);
        }

        @Test
        void other(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            greet("other", server);
        }
    }

    @Test
    void aTapeIsThatOfTheMethod() {
        Run.of(CLOSE, Replays.class).passed(3);
    }

    static class Replays {
        @FaultSweep(tolerates = IOException.class)
        void greets(@SocketServer(tape = "greeting.tape") FakeServer server) throws IOException {
            assertThat(SweptClient.greeting(server.address())).isEqualTo("A");
        }
    }
}

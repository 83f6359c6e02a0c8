package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.testing.JdkClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strict servers of a whole class, where its tests can run at the same time. */
class SharedServersTest {

    private static final Map<String, String> SAME_THREAD = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "same_thread",
            "junit.jupiter.execution.parallel.mode.classes.default", "concurrent");

    private static final String REFUSED =
            ": found a strict server that tests of its class share, and JUnit can run these tests"
                    + " at the same time (junit.jupiter.execution.parallel.enabled is true, and this test is"
                    + " CONCURRENT or in"
                    + " a container that is); each test would fail for the connections of the others: give each"
                    + " test its own server, as a parameter or an instance field, or put"
                    + " @Execution(ExecutionMode.SAME_THREAD) on the class,"
                    + " or set strict to false";

    static final List<String> RAN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        RAN.clear();
    }

    @Test
    void areRefusedWhereTestsAreConcurrent() {
        Run run = Run.of(ParallelTest.CONCURRENT, OnAField.class, Registered.class);

        run.counts(0, 3, 0);
        String ofTheField = "@SocketServer on field [shared] of [OnAField]" + REFUSED;
        assertThat(run.message("one")).isEqualTo(ofTheField);
        assertThat(run.message("two")).isEqualTo(ofTheField);
        assertThat(run.message("registered"))
                .isEqualTo("@RegisterExtension on field [SHARED] of [Registered]" + REFUSED);
        assertThat(run.failures())
                .hasSize(3)
                .allSatisfy(
                        (name, failure) -> assertThat(failure.getSuppressed()).isEmpty());
        assertThat(RAN).isEmpty();
    }

    static class OnAField {
        @SocketServer(script = "C: PING", timeout = "50ms")
        static FakeServer shared;

        @Test
        void one() {
            RAN.add("one");
        }

        @Test
        void two() {
            RAN.add("two");
        }
    }

    static class Registered {
        @RegisterExtension
        static final SocketServerExtension SHARED = SocketServerExtension.of("tcp:");

        @Test
        void registered() {
            RAN.add("registered");
        }
    }

    @Test
    void areRefusedInTemplatesAndNestedClasses() {
        Run run = Run.of(ParallelTest.CONCURRENT, Templates.class, Outer.class);

        run.counts(0, 6, 0);
        assertThat(RAN).isEmpty();
        assertThat(run.failures().values())
                .allSatisfy(failure -> assertThat(failure).hasMessageEndingWith(REFUSED));
        assertThat(run.message("nested")).startsWith("@SocketServer on field [shared] of [Outer]: ");
    }

    static class Templates {
        @SocketServer
        static FakeServer shared;

        @RepeatedTest(2)
        void repeated() {
            RAN.add("repeated");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int number) {
            RAN.add("parameterized " + number);
        }
    }

    static class Outer {
        @SocketServer
        static FakeServer shared;

        @Nested
        class Inner {
            @Test
            void nested() {
                RAN.add("nested");
            }
        }

        /** Its tests run one after another, but beside those of other classes. */
        @Nested
        @ResourceLock("some")
        class Locked {
            @Test
            void nestedWithALock() {
                RAN.add("nestedWithALock");
            }
        }
    }

    @Test
    void areAllowedWhereTestsRunOneAfterAnother() {
        Run.of(OneAfterAnother.class).passed(2);
        Run.of(SAME_THREAD, OneAfterAnother.class, ConcurrentClass.class).passed(5);
        // One by one, since they inherit one field.
        Run.of(ParallelTest.CONCURRENT, SameThread.class).passed(3);
        Run.of(ParallelTest.CONCURRENT, Ordered.class).passed(2);
        Run.of(ParallelTest.CONCURRENT, Locked.class).passed(2);
        Run.of(ParallelTest.CONCURRENT, Alone.class).passed(2);
        Run.of(ParallelTest.CONCURRENT, SameThreadMethods.class, NotStrict.class)
                .passed(4);
    }

    static class OneAfterAnother {
        @SocketServer(script = "C: PING")
        static FakeServer shared;

        @RepeatedTest(2)
        void talks() {
            JdkClient.tcp(shared.address(), "PING\n");
        }
    }

    @Execution(ExecutionMode.SAME_THREAD)
    static class SameThread extends OneAfterAnother {
        @Nested
        class Inner {
            @Test
            void talksToo() {
                JdkClient.tcp(shared.address(), "PING\n");
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class ConcurrentClass {
        @SocketServer(script = "C: PING")
        static FakeServer shared;

        @Test
        @Execution(ExecutionMode.SAME_THREAD)
        void talks() {
            JdkClient.tcp(shared.address(), "PING\n");
        }

        @RepeatedTest(2)
        @Execution(ExecutionMode.SAME_THREAD)
        void repeats() {
            JdkClient.tcp(shared.address(), "PING\n");
        }
    }

    static class SameThreadMethods {
        @SocketServer(script = "C: PING")
        static FakeServer shared;

        @Test
        @Execution(ExecutionMode.SAME_THREAD)
        void talks() {
            JdkClient.tcp(shared.address(), "PING\n");
        }

        @Test
        @Execution(ExecutionMode.SAME_THREAD)
        void talksToo() {
            JdkClient.tcp(shared.address(), "PING\n");
        }
    }

    /** JUnit runs these in one thread, unless they say otherwise. */
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Ordered extends OneAfterAnother {}

    @ResourceLock("some")
    static class Locked extends OneAfterAnother {}

    @Isolated
    static class Alone extends OneAfterAnother {}

    static class NotStrict {
        @SocketServer(strict = false)
        static FakeServer shared;

        @RepeatedTest(2)
        void talks() {
            JdkClient.connect(shared.address());
        }
    }

    @Test
    void aLockForReadingLetsTestsRunAtTheSameTime() {
        Run.of(ParallelTest.CONCURRENT, ReadLocked.class).counts(0, 2, 0);
    }

    @ResourceLock(value = "some", mode = ResourceAccessMode.READ)
    static class ReadLocked extends OneAfterAnother {}

    @Test
    void aRefusedTestLeavesTheOthersTheirVerdict() {
        Run run = Run.of(SAME_THREAD, OneIsConcurrent.class);

        run.counts(1, 2, 0);
        assertThat(run.message("concurrent")).endsWith(REFUSED);
        assertThat(run.failure("concurrent").getSuppressed()).isEmpty();
        assertThat(run.message("fails")).contains("connection 0: step 1 of 1 failed");
        assertThat(RAN).containsExactly("fails", "passes");
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class OneIsConcurrent {
        @SocketServer(script = "C: PING")
        static FakeServer shared;

        @Test
        @Order(1)
        void fails() {
            RAN.add("fails");
            JdkClient.tcp(shared.address(), "PONG\n");
        }

        @Test
        @Order(2)
        @Execution(ExecutionMode.CONCURRENT)
        void concurrent() {
            RAN.add("concurrent");
        }

        @Test
        @Order(3)
        void passes() {
            RAN.add("passes");
            JdkClient.tcp(shared.address(), "PING\n");
        }
    }

    @Test
    void serversOfEachTestAreNotConcerned() {
        Run.of(ParallelTest.CONCURRENT, OfEachTest.class).passed(2);
    }

    @SocketServer(name = "of the class", script = "C: PING")
    static class OfEachTest {
        @SocketServer(script = "C: PING")
        FakeServer field;

        @RegisterExtension
        final SocketServerExtension registered =
                SocketServerExtension.of(ServerSpec.builder("tcp").build());

        @RepeatedTest(2)
        void talks() {
            JdkClient.tcp(field.address(), "PING\n");
            JdkClient.connect(registered.server().address());
        }
    }

    @Test
    void areRefusedInClassesThatAreRunSeveralTimes() {
        assumeTrue(JUnit.since(5, 13));
        Run.of(ParallelTest.CONCURRENT, Parameterized.class).counts(0, 2, 0);
        Run.of(ParallelTest.CONCURRENT, ParameterizedInOneThread.class).passed(2);

        assertThat(RAN).containsExactly("1", "2");
    }

    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class Parameterized {
        @SocketServer
        static FakeServer shared;

        private final int number;

        Parameterized(int number) {
            this.number = number;
        }

        @Test
        void test() {
            RAN.add(String.valueOf(number));
        }
    }

    @Execution(ExecutionMode.SAME_THREAD)
    static class ParameterizedInOneThread extends Parameterized {
        ParameterizedInOneThread(int number) {
            super(number);
        }
    }
}

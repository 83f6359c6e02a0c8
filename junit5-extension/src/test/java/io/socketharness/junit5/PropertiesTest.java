package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.api.parallel.Resources;

/** System properties that say where a server is, for as long as it lives, and the lock that they need. */
class PropertiesTest {

    private static final String NAME = "socketharness.test.address";

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    private static final String REFUSED = ": its properties are set for the whole JVM, and JUnit runs tests in parallel"
            + " (junit.jupiter.execution.parallel.enabled is true); put @ResourceLock(Resources.SYSTEM_PROPERTIES)"
            + " on the ";

    @AfterEach
    void nothingIsLeft() {
        assertThat(System.getProperties()).doesNotContainKey(NAME);
    }

    private static String seen() {
        return String.valueOf(System.getProperty(NAME));
    }

    private static String of(FakeServer server) {
        return server.host() + ":" + server.port();
    }

    private static Map<String, String> concurrent() {
        Map<String, String> configuration = new HashMap<>(PARALLEL);
        configuration.put("junit.jupiter.execution.parallel.mode.default", "concurrent");
        configuration.put("junit.jupiter.execution.parallel.mode.classes.default", "concurrent");
        return configuration;
    }

    @Test
    void areSetWhileTheServerLives() {
        Run.of(Scopes.class).passed(5);
    }

    @SocketServer(properties = NAME + "=${address}")
    static class Scopes {

        @BeforeAll
        static void noTestHasBegun() {
            assertThat(seen()).isEqualTo("null");
        }

        @BeforeEach
        void areThereFromTheBeginning() {
            assertThat(seen()).contains(":");
        }

        @RepeatedTest(2)
        void ofTheClass(FakeServer server) {
            assertThat(seen()).isEqualTo(of(server));
        }

        @Test
        @SocketServer(
                properties = {NAME + "=udp ${address}"},
                transport = "udp")
        void ofTheMethod(FakeServer server) {
            assertThat(seen()).isEqualTo("udp " + of(server));
        }

        @Test
        void ofAParameter(@SocketServer(properties = NAME + "=mine:${port}") FakeServer own) {
            assertThat(seen()).isEqualTo("mine:" + own.port());
        }

        @Test
        void areReadByTheClientUnderTest(InetSocketAddress address) {
            assertThat(seen()).endsWith(":" + address.getPort());
        }

        @AfterAll
        static void areGone() {
            assertThat(seen()).isEqualTo("null");
        }
    }

    @Test
    void ofATestTakeThePlaceOfThoseOfItsClassWhileItLives() {
        Run.of(Layers.class).passed(3);
    }

    static class Layers {
        @SocketServer(properties = NAME + "=class ${address}")
        static FakeServer shared;

        @BeforeAll
        static void ofTheClass() {
            assertThat(seen()).isEqualTo("class " + of(shared));
        }

        @RepeatedTest(2)
        void ofTheTest(@SocketServer(properties = NAME + "=test ${address}") FakeServer own) {
            assertThat(seen()).isEqualTo("test " + of(own));
        }

        @Nested
        class Inner {
            @Test
            void ofTheClassAround() {
                assertThat(seen()).isEqualTo("class " + of(shared));
            }
        }

        @AfterAll
        static void areBack() {
            assertThat(seen()).isEqualTo("class " + of(shared));
        }
    }

    @Test
    void areWhatTheyWereAfterATestThatFails() {
        Run.of(Failing.class).counts(0, 2, 0);
    }

    static class Failing {
        @Test
        @SocketServer(properties = NAME + "=${address}", script = "C: PING")
        void fails(FakeServer server) {
            throw new IllegalStateException("own");
        }

        @Test
        void cannotStart(
                @SocketServer(properties = NAME + "=${address}") FakeServer first,
                @SocketServer(name = "second", port = 1, host = "192.0.2.1") FakeServer second) {}
    }

    @Test
    void areThoseOfExtensionsToo() {
        Run.of(InAnExtension.class).passed(1);
    }

    static class InAnExtension {
        @RegisterExtension
        final SocketServerExtension own = SocketServerExtension.of(
                ServerSpec.builder("tcp").properties(NAME + "=${address}").build());

        @Test
        void test() {
            assertThat(seen()).isEqualTo(of(own.server()));
        }
    }

    @Test
    void thatAreWrongAreReportedWithTheirPlace() {
        assertThat(Run.of(Wrong.class).message("test"))
                .isEqualTo("@SocketServer on method [test()]: properties: mail.port: unknown variable ${prot}; did you"
                        + " mean"
                        + " ${port}? $${ is a plain ${");
    }

    static class Wrong {
        @Test
        @SocketServer(properties = "mail.port=${prot}")
        void test() {}
    }

    @Test
    void withoutALockAreRefusedWhereTestsRunInParallel() {
        Run run = Run.of(PARALLEL, Unlocked.class, UnlockedClass.class, UnlockedExtension.class);

        assertThat(run.message("onMethod"))
                .isEqualTo("@SocketServer on method [onMethod()]" + REFUSED + "method or the class in mode READ_WRITE");
        assertThat(run.message("onlyReads"))
                .isEqualTo(
                        "@SocketServer on method [onlyReads()]" + REFUSED + "method or the class in mode READ_WRITE");
        assertThat(run.message("locksAnother"))
                .isEqualTo("@SocketServer on method [locksAnother()]" + REFUSED
                        + "method or the class in mode READ_WRITE");
        assertThat(run.message("UnlockedClass"))
                .isEqualTo("@SocketServer on field [shared] of [UnlockedClass]" + REFUSED + "class in mode READ_WRITE");
        assertThat(run.message("inAnExtension"))
                .isEqualTo("@RegisterExtension on field [own] of [UnlockedExtension]" + REFUSED
                        + "method or the class in mode READ_WRITE");
        run.counts(1, 4, 0);
    }

    static class Unlocked {
        @Test
        @SocketServer(properties = NAME + "=${address}")
        void onMethod() {}

        @Test
        @ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
        @SocketServer(properties = NAME + "=${address}")
        void onlyReads() {}

        @Test
        @ResourceLock(Resources.SYSTEM_OUT)
        @SocketServer(properties = NAME + "=${address}")
        void locksAnother() {}

        @Test
        @SocketServer
        void needsNone() {}
    }

    static class UnlockedClass {
        @SocketServer(properties = NAME + "=${address}")
        static FakeServer shared;

        @Test
        @ResourceLock(Resources.SYSTEM_PROPERTIES)
        void locksTooLate() {}
    }

    static class UnlockedExtension {
        @RegisterExtension
        final SocketServerExtension own = SocketServerExtension.of(
                ServerSpec.builder("tcp").properties(NAME + "=${address}").build());

        @Test
        void inAnExtension() {}
    }

    @Test
    void withALockAreOfOneTestAtATime() {
        Run.of(
                        concurrent(),
                        Locked.class,
                        LockedClass.class,
                        AloneInTheJvm.class,
                        LockedMethod.class,
                        OwnAnnotation.class)
                .passed(12);
    }

    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    static class LockedClass {
        @SocketServer(properties = NAME + "=${address}")
        static FakeServer shared;

        @RepeatedTest(3)
        void ofTheClass() {
            assertThat(seen()).isEqualTo(of(shared));
        }

        @Nested
        class Inner {
            @Test
            @SocketServer(properties = NAME + "=${address}")
            void ofTheTest(@FromServer("ofTheTest") FakeServer own) {
                assertThat(seen()).isEqualTo(of(own));
            }
        }
    }

    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    @SocketServer(properties = NAME + "=${address}")
    static class Locked {
        @RepeatedTest(3)
        void ofTheTest(FakeServer server) {
            assertThat(seen()).isEqualTo(of(server));
        }
    }

    @Isolated
    @SocketServer(properties = NAME + "=${address}")
    static class AloneInTheJvm {
        @Test
        void ofTheTest(FakeServer server) {
            assertThat(seen()).isEqualTo(of(server));
        }
    }

    static class LockedMethod {
        @RepeatedTest(3)
        @ResourceLock(Resources.SYSTEM_PROPERTIES)
        @SocketServer(properties = NAME + "=${address}")
        void ofTheTest(FakeServer server) {
            assertThat(seen()).isEqualTo(of(server));
        }
    }

    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface Locks {}

    @Locks
    static class OwnAnnotation {
        @Test
        @SocketServer(properties = NAME + "=${address}")
        void ofTheTest(FakeServer server) {
            assertThat(seen()).isEqualTo(of(server));
        }
    }

    @Test
    void aLockForChildrenIsNoneForAServerOfTheClass() {
        assumeTrue(JUnit.since(5, 12));
        Run run = Run.of(concurrent(), ForChildren.class, ForChildrenOnly.class);

        run.counts(2, 0, 0);
        assertThat(run.message("ForChildrenOnly"))
                .startsWith("@SocketServer on field [shared] of [ForChildrenOnly]" + REFUSED);
    }

    @ResourceLock(value = Resources.SYSTEM_PROPERTIES, target = ResourceLockTarget.CHILDREN)
    static class ForChildren {
        @RepeatedTest(2)
        @SocketServer(properties = NAME + "=${address}")
        void ofTheTest(FakeServer server) {
            assertThat(seen()).isEqualTo(of(server));
        }
    }

    @ResourceLock(value = Resources.SYSTEM_PROPERTIES, target = ResourceLockTarget.CHILDREN)
    static class ForChildrenOnly {
        @SocketServer(properties = NAME + "=${address}")
        static FakeServer shared;

        @Test
        void test() {}
    }

    /** Why {@code SAME_THREAD} is no lock. */
    @Test
    void testsOfOneThreadRunBesideConcurrentOnes() {
        BOTH.reset();
        Run.of(PARALLEL, SameThread.class, Concurrent.class).passed(2);
    }

    static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @Execution(ExecutionMode.SAME_THREAD)
    static class SameThread {
        @Test
        void meets() {
            ParallelTest.meet(BOTH);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class Concurrent {
        @Test
        void meets() {
            ParallelTest.meet(BOTH);
        }
    }
}

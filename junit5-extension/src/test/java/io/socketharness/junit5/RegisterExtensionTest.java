package io.socketharness.junit5;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.testing.JdkClient;
import io.socketharness.testing.Reports;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisterExtensionTest {

    static final List<FakeServer> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void inAnInstanceFieldEachTestGetsAServer() {
        Run.of(InAField.class).passed(3);

        assertThat(SEEN).hasSize(3).doesNotHaveDuplicates();
        assertThat(SEEN).allMatch(server -> server.recording().isEnded());
    }

    static class InAField {
        @RegisterExtension
        final SocketServerExtension pong = SocketServerExtension.of("tcp:", expectLine("PING"), sendLine("PONG"));

        @BeforeEach
        void isThere() {
            SEEN.add(pong.server());
        }

        @Test
        void one() {
            assertThat(pong.server().toString()).contains("[InAField.pong]");
            assertThat(JdkClient.tcp(pong.server().address(), "PING\n")).isEqualTo("PONG\r\n");
        }

        @Test
        void two(@FromServer FakeServer only) {
            assertThat(only).isSameAs(pong.server());
            assertThat(JdkClient.tcp(only.address(), "PING\n")).isEqualTo("PONG\r\n");
        }

        @Nested
        class Inner {
            @Test
            void three(@FromServer("pong") int port) {
                assertThat(port).isEqualTo(pong.server().port());
                assertThat(JdkClient.tcp(pong.server().address(), "PING\n")).isEqualTo("PONG\r\n");
            }
        }
    }

    @Test
    void inAStaticFieldItIsOneServerForTheClass() {
        Run.of(InAStaticField.class).passed(2);

        assertThat(SEEN).hasSize(4).containsOnly(SEEN.get(0));
        assertThat(SEEN.get(0).recording().isEnded()).isTrue();
    }

    static class InAStaticField {
        @RegisterExtension
        private static final SocketServerExtension EXTENSION = SocketServerExtension.of("tcp:?name=mail");

        @BeforeAll
        static void before() {
            SEEN.add(EXTENSION.server());
        }

        @Test
        void one(@FromServer("mail") FakeServer same) {
            SEEN.add(same);
        }

        @Nested
        class Inner {
            @Test
            void two() {
                SEEN.add(EXTENSION.server());
            }
        }

        @AfterAll
        static void after() {
            SEEN.add(EXTENSION.server());
        }
    }

    @Test
    void underPerClassTooAndThereBeforeTheConstructor() {
        Run.of(PerClass.class).passed(2);

        assertThat(SEEN).hasSize(5);
        assertThat(SEEN.stream().distinct()).hasSize(3);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClass {
        @RegisterExtension
        static final SocketServerExtension SHARED = SocketServerExtension.of(ServerSpec.parse("tcp:"));

        @RegisterExtension
        final SocketServerExtension own = SocketServerExtension.of("tcp:");

        PerClass() {
            SEEN.add(SHARED.server());
        }

        @Test
        void one() {
            SEEN.add(SHARED.server());
            SEEN.add(own.server());
        }

        @Test
        void two() {
            SEEN.add(SHARED.server());
            SEEN.add(own.server());
        }
    }

    @Test
    void itIsVerifiedTogetherWithAnnotatedServers() {
        Run run = Run.of(Faults.class);

        run.counts(0, 1, 0);
        Throwable failure = run.failure("test");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(List.of(Reports.message(failure), Reports.message(failure.getSuppressed()[0])))
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message)
                                .startsWith("tcp://127.0.0.1:PORT [Faults.pong], connection 0: step 1 of 1 failed"),
                        message -> assertThat(message)
                                .startsWith("tcp://127.0.0.1:PORT [Faults.server], connection 0: step 1 of 1 failed"));
    }

    static class Faults {
        @RegisterExtension
        final SocketServerExtension pong = SocketServerExtension.of("tcp:", expectLine("PING"));

        @Test
        void test(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
            JdkClient.tcp(pong.server().address(), "PONG\n");
        }
    }

    @Test
    void mistakesAreReportedWithTheField() {
        assertThat(Run.of(Unknown.class).message("test"))
                .isEqualTo("@RegisterExtension on field [server] of [Unknown]: cannot start tcp://host.invalid:0: no"
                        + " address"
                        + " is known for the host \"host.invalid\"; use an address of this machine, such as"
                        + " 127.0.0.1");
    }

    static class Unknown {
        @RegisterExtension
        final SocketServerExtension server = SocketServerExtension.of("tcp://host.invalid:0");

        @Test
        void test() {}
    }

    @Test
    void beforeItsTimeThereIsNoServer() {
        SocketServerExtension extension = SocketServerExtension.of("udp:");

        assertThat(extension).hasToString("SocketServerExtension.of(\"udp://127.0.0.1:0\")");
        assertThatThrownBy(extension::server)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no server has been started for this extension (udp://127.0.0.1:0); an @RegisterExtension"
                        + " field has one from @BeforeEach on, a static field from @BeforeAll on");
    }
}

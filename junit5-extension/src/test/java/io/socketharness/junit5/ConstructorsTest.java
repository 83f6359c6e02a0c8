package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import io.socketharness.testing.JdkClient;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

class ConstructorsTest {

    static final List<FakeServer> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void aConstructorGetsTheServersOfItsTest() {
        assumeTrue(JUnit.since(5, 12), "before JUnit 5.12 a constructor belongs to no test");

        Run.of(Injected.class).passed(3);

        assertThat(SEEN).hasSize(3).doesNotHaveDuplicates();
    }

    @SocketServer(name = "class")
    static class Injected {
        final FakeServer server;
        final FakeServer own;

        Injected(@FromServer("class") FakeServer server, @SocketServer FakeServer own) {
            this.server = server;
            this.own = own;
            SEEN.add(server);
        }

        @Test
        void one(@FromServer("class") FakeServer same, @FromServer("own") FakeServer sameOwn) {
            assertThat(same).isSameAs(server);
            assertThat(sameOwn).isSameAs(own).isNotSameAs(server);
        }

        @Test
        void two(@FromServer("class") FakeServer same) {
            assertThat(same).isSameAs(server);
        }

        @Nested
        class Inner {
            Inner(@FromServer("class") FakeServer same) {
                assertThat(same).isSameAs(server);
            }

            @Test
            void three() {}
        }
    }

    @Test
    void aServerOfTheConstructorIsVerifiedWithTheTest() {
        assumeTrue(JUnit.since(5, 12), "before JUnit 5.12 a constructor belongs to no test");

        Run run = Run.of(Judged.class);

        run.counts(0, 1, 0);
        assertThat(run.message("one"))
                .startsWith("tcp://127.0.0.1:PORT [Judged.server], connection 0: step 1 of 1 failed");
    }

    static class Judged {
        final FakeServer server;

        Judged(@SocketServer(script = "C: PING") FakeServer server) {
            this.server = server;
        }

        @Test
        void one() {
            assertThat(JdkClient.tcp(server.address(), "PONG\n")).isEmpty();
        }
    }

    @Test
    void beforeJUnit512AConstructorIsRefused() {
        assumeFalse(JUnit.since(5, 12), "from JUnit 5.12 on a constructor belongs to its test");

        Run run = Run.of(ClassServer.class, OwnServer.class);

        assertThat(run.message("one"))
                .isEqualTo("parameter [address] of the constructor of [ClassServer]: its server lives for one test, and"
                        + " before JUnit 5.12 a constructor belongs to no test; use a server that lives for the"
                        + " whole class: put @SocketServer on a static field");
        assertThat(run.message("two"))
                .isEqualTo("@SocketServer on parameter [server] of the constructor of [OwnServer]: its server lives for"
                        + " one test, and before JUnit 5.12 a constructor belongs to no test; use a server that"
                        + " lives for the whole class: put @SocketServer on a static field");
    }

    @SocketServer
    static class ClassServer {
        ClassServer(InetSocketAddress address) {}

        @Test
        void one() {}
    }

    static class OwnServer {
        OwnServer(@SocketServer FakeServer server) {}

        @Test
        void two() {}
    }

    @Test
    void underPerClassAConstructorIsRefusedAServerOfATest() {
        Run run = Run.of(PerClass.class);

        assertThat(run.message("PerClass"))
                .isEqualTo(
                        "@FromServer(\"mail\") on parameter [port] of the constructor of [PerClass]: its server lives"
                                + " for one test, and no test has begun here; use a server that lives for the whole"
                                + " class:"
                                + " put @SocketServer on a static field");
    }

    @SocketServer(name = "mail")
    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClass {
        PerClass(@FromServer("mail") int port) {}

        @Test
        void one() {}
    }
}

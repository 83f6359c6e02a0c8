package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.testing.JdkClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a server lives, by the place of its annotation. */
class ScopesTest {

    static final List<FakeServer> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    static void see(FakeServer server) {
        assertThat(server.recording().isEnded()).as("%s is closed", server).isFalse();
        JdkClient.connect(server.address());
        SEEN.add(server);
    }

    private static void assertClosed(int servers) {
        assertThat(SEEN)
                .doesNotHaveDuplicates()
                .hasSize(servers)
                .allMatch(server -> server.recording().isEnded());
    }

    @Test
    void eachTestOfAnAnnotatedClassGetsAServerOfItsOwn() {
        Run.of(OnTheClass.class).passed(2);

        assertClosed(2);
    }

    @SocketServer
    static class OnTheClass {
        @Test
        void one(FakeServer server) {
            see(server);
        }

        @Test
        void two(FakeServer server) {
            see(server);
        }
    }

    @Test
    void aServerOfAMethodIsTheSameInAllOfItsTest() {
        Run.of(OnAMethod.class).passed(1);

        assertThat(SEEN).hasSize(3);
        assertThat(SEEN.get(1)).isSameAs(SEEN.get(0));
        assertThat(SEEN.get(2)).isSameAs(SEEN.get(0));
    }

    static class OnAMethod {
        @BeforeEach
        void before(FakeServer server) {
            see(server);
        }

        @Test
        @SocketServer
        void one(FakeServer server) {
            see(server);
        }

        @AfterEach
        void after(FakeServer server) {
            see(server);
        }
    }

    @Test
    void parametersOfTestsAndOfTheMethodsAroundThemHaveServers() {
        Run.of(OnParameters.class).passed(1);

        assertClosed(3);
    }

    static class OnParameters {
        @BeforeEach
        void before(@SocketServer FakeServer first) {
            see(first);
        }

        @Test
        void one(@SocketServer FakeServer second) {
            see(second);
        }

        @AfterEach
        void after(@SocketServer FakeServer third) {
            see(third);
        }
    }

    @Test
    void aServerOfAnInstanceFieldLivesForOneTest() {
        Run.of(OnAField.class).passed(2);

        assertClosed(2);
    }

    static class OnAField {
        @SocketServer
        private FakeServer server;

        @BeforeEach
        void isSetBefore() {
            see(server);
        }

        @Test
        void one(FakeServer same) {
            assertThat(same).isSameAs(server);
        }

        @Test
        void two(FakeServer same) {
            assertThat(same).isSameAs(server);
        }
    }

    @Test
    void aServerOfAnInstanceFieldLivesForOneTestUnderPerClassToo() {
        Run.of(OnAFieldPerClass.class).passed(2);

        assertClosed(2);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class OnAFieldPerClass {
        @SocketServer
        FakeServer server;

        @Test
        void one() {
            see(server);
        }

        @Test
        void two() {
            see(server);
        }
    }

    @Test
    void aServerOfAStaticFieldLivesFromBeforeAllToAfterAll() {
        Run.of(OnAStaticField.class).passed(2);

        assertThat(SEEN).hasSize(4).containsOnly(SEEN.get(0));
        assertThat(SEEN.get(0).recording().isEnded()).isTrue();
    }

    static class OnAStaticField {
        @SocketServer
        static FakeServer server;

        @BeforeAll
        static void before(FakeServer same) {
            assertThat(same).isSameAs(server);
            see(server);
        }

        @Test
        void one() {
            see(server);
        }

        @Test
        void two(FakeServer same) {
            see(same);
        }

        @AfterAll
        static void after() {
            see(server);
        }
    }

    @Test
    void underPerClassAServerOfAStaticFieldIsThereBeforeTheConstructor() {
        Run.of(OnAStaticFieldPerClass.class).passed(1);

        assertThat(SEEN).hasSize(3).containsOnly(SEEN.get(0));
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class OnAStaticFieldPerClass {
        @SocketServer
        static FakeServer server;

        OnAStaticFieldPerClass(FakeServer same) {
            see(server);
            see(same);
        }

        @Test
        void one() {
            see(server);
        }
    }

    @Test
    void aClassThatIsRunAgainGetsAnotherServer() {
        Run.of(OnAStaticField.class).passed(2);
        Run.of(OnAStaticField.class).passed(2);

        assertThat(SEEN).hasSize(8);
        assertThat(SEEN.get(4)).isNotSameAs(SEEN.get(0));
    }

    @Test
    void timesOfTheServersOfATestHaveOneOrigin() {
        Run.of(OneOrigin.class, OneOriginOfATest.class).passed(3);
    }

    /** Each server is talked to when the one before has been for a while: with an origin of its own its times are less. */
    static class OneOrigin {
        private static final String SLOW = "C: PING\n@delay 200ms\nS: PONG\n@close";

        @SocketServer(script = SLOW)
        static FakeServer ofTheClass;

        @RegisterExtension
        static final SocketServerExtension REGISTERED = SocketServerExtension.of("tcp:");

        @RegisterExtension
        final SocketServerExtension registered = SocketServerExtension.of("tcp:");

        @BeforeAll
        static void talkToTheServerOfTheClass() {
            talkTo(ofTheClass);
        }

        @Test
        void isThatOfTheClass(@SocketServer FakeServer own) {
            for (FakeServer later : List.of(REGISTERED.server(), registered.server(), own)) {
                JdkClient.connect(later.address());
                assertThat(opened(later)).isGreaterThan(end(ofTheClass));
            }
        }

        @Nested
        class Inner {
            @Test
            void isThatOfTheClassAround(@SocketServer FakeServer own) {
                JdkClient.connect(own.address());
                assertThat(opened(own)).isGreaterThan(end(ofTheClass));
            }
        }

        private static void talkTo(FakeServer server) {
            assertThat(JdkClient.tcp(server.address(), "PING\n")).isEqualTo("PONG\r\n");
        }

        private static Duration opened(FakeServer server) {
            return server.recording().awaitExchange(0).events().get(0).at();
        }

        private static Duration end(FakeServer server) {
            return server.recording().exchanges().get(0).events().stream()
                    .filter(event -> event.kind() == Event.Kind.SENT)
                    .map(Event::at)
                    .findFirst()
                    .orElseThrow();
        }
    }

    static class OneOriginOfATest {
        @Test
        void isThatOfItsFirstServer(@SocketServer(name = "first", script = OneOrigin.SLOW) FakeServer first) {
            OneOrigin.talkTo(first);
            assertThat(OneOrigin.end(first)).isGreaterThan(Duration.ofMillis(200));
        }

        @AfterEach
        void isThatOfTheTest(@FromServer("first") FakeServer first, @SocketServer(name = "late") FakeServer late) {
            JdkClient.connect(late.address());
            assertThat(OneOrigin.opened(late)).isGreaterThan(OneOrigin.end(first));
        }
    }
}

package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

class NestedTest {

    static final List<Object> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void testsOfNestedClassesHaveTheServersOfTheClassesAround() {
        Run.of(Around.class).passed(3);

        assertThat(SEEN).hasSize(3).doesNotHaveDuplicates();
    }

    @SocketServer(name = "around")
    static class Around {
        @Test
        void own(FakeServer server) {
            SEEN.add(server);
        }

        @Nested
        class Inner {
            @Test
            void nested(FakeServer server) {
                assertThat(server.toString()).contains("[around]");
                SEEN.add(server);
            }

            @Nested
            @SocketServer(name = "innermost")
            class Innermost {
                @Test
                void nested(@FromServer("around") FakeServer around, @FromServer("innermost") FakeServer own) {
                    assertThat(own).isNotSameAs(around);
                    SEEN.add(around);
                }
            }
        }
    }

    @Test
    void aStaticFieldIsOneServerForAllNestedClasses() {
        Run.of(StaticAround.class).passed(3);

        assertThat(SEEN).hasSize(5).containsOnly(SEEN.get(0));
    }

    static class StaticAround {
        @SocketServer
        static FakeServer server;

        @BeforeAll
        static void before() {
            SEEN.add(server);
        }

        @Test
        void own() {
            SEEN.add(server);
        }

        @Nested
        class Inner {
            @Test
            void nested(FakeServer same) {
                SEEN.add(same);
            }
        }

        @Nested
        @TestInstance(Lifecycle.PER_CLASS)
        class PerClass {
            PerClass() {
                SEEN.add(server);
            }

            @Test
            void nested(FakeServer same) {
                SEEN.add(same);
            }
        }
    }

    @Test
    void aNestedClassMayHaveAStaticFieldOfItsOwnWhoseServerEndsWithIt() {
        Run.of(StaticInside.class).passed(2);

        assertThat(SEEN).hasSize(1);
    }

    static class StaticInside {
        @Nested
        class Inner {
            @SocketServer
            static FakeServer server;

            @Test
            void one(FakeServer same) {
                assertThat(same).isSameAs(server);
                SEEN.add(server);
            }

            @Nested
            class Innermost {
                @Test
                void two(FakeServer same) {
                    assertThat(same).isSameAs(server);
                }
            }
        }
    }

    @Test
    void theInstanceFieldsOfAllInstancesAreSet() {
        Run.of(FieldsAround.class).passed(1);
    }

    static class FieldsAround {
        @SocketServer
        FakeServer outer;

        @Nested
        class Inner {
            @SocketServer
            FakeServer inner;

            @FromServer("outer")
            FakeServer again;

            @Test
            void both() {
                assertThat(outer).isNotNull().isNotSameAs(inner).isSameAs(again);
                assertThat(inner).isNotNull();
            }
        }
    }

    @Test
    void aNestedClassThatIsInheritedHasTheServersOfTheClassThatIsRun() {
        Run.of(Inheriting.class).passed(1);
    }

    static class WithNested {
        @Nested
        class Inner {
            @Test
            void nested(FakeServer server) {
                assertThat(server.toString()).contains("[Inheriting]");
            }
        }
    }

    @SocketServer
    static class Inheriting extends WithNested {}
}

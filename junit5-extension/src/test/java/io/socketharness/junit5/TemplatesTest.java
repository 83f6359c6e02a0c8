package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that run several times. */
class TemplatesTest {

    static final List<FakeServer> SEEN = new CopyOnWriteArrayList<>();
    static final List<FakeServer> SHARED = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
        SHARED.clear();
    }

    @Test
    void eachRunHasAServerOfItsOwn() {
        Run.of(Templates.class).passed(7);

        assertThat(SEEN).hasSize(5).doesNotHaveDuplicates();
        assertThat(SEEN).allMatch(server -> server.recording().isEnded());
    }

    static class Templates {
        @RepeatedTest(2)
        void repeated(@SocketServer FakeServer server, URI uri) {
            assertThat(uri).isEqualTo(server.uri());
            SEEN.add(server);
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://example.com", "http://example.org"})
        @SocketServer
        void parameterized(URI argument, FakeServer server, URI uri) {
            assertThat(argument).hasScheme("http");
            assertThat(uri).isEqualTo(server.uri());
            SEEN.add(server);
        }

        @TestFactory
        Stream<DynamicTest> factory(@SocketServer FakeServer server) {
            SEEN.add(server);
            Runnable use = () -> assertThat(server.recording().isEnded()).isFalse();
            return Stream.of("one", "two", "three").map(name -> DynamicTest.dynamicTest(name, use::run));
        }
    }

    @Test
    void aParameterizedClassHasOneServerOfItsStaticField() {
        assumeTrue(JUnit.since(5, 13), "@ParameterizedClass came with JUnit 5.13");

        Run.of(Parameterized.class).passed(4);

        assertThat(SEEN).hasSize(4).doesNotHaveDuplicates();
        assertThat(SHARED).hasSize(4).containsOnly(SHARED.get(0));
    }

    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    @SocketServer(name = "own")
    static class Parameterized {
        @SocketServer
        static FakeServer shared;

        final int number;

        Parameterized(int number) {
            this.number = number;
        }

        @Test
        void one(@FromServer("own") FakeServer server) {
            SEEN.add(server);
            SHARED.add(shared);
        }

        @Test
        void two(@FromServer("own") FakeServer server) {
            SEEN.add(server);
            SHARED.add(shared);
        }
    }
}

package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class NothingLeftTest {

    @Test
    void fiftyTestsLeaveNoThread() {
        // The first run makes what the JVM and JUnit keep.
        Run.of(Fifty.class).passed(50);
        Set<Thread> before = threads();

        Run.of(Fifty.class).passed(50);

        assertThat(threads().stream().filter(thread -> !before.contains(thread)))
                .isEmpty();
    }

    @Test
    void theCheckSeesTheThreadsOfARunningServer() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            assertThat(threads())
                    .anyMatch(thread -> thread.getName().contains(server.uri().toString()));
        }
    }

    /** Platform threads; virtual ones of a server end before its close() returns, like these. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    static class Fifty {
        @SocketServer(script = "S: hello")
        static FakeServer shared;

        @SocketServer(script = "S: hello")
        FakeServer field;

        @RepeatedTest(50)
        void test(
                @SocketServer(transport = "udp") FakeServer udp,
                @SocketServer(behaviour = Hello.class) FakeServer own) {
            Client.udp(udp.address(), "hello");
            assertThat(Client.tcp(field.address(), "")).isEqualTo("hello\r\n");
            assertThat(Client.tcp(shared.address(), "")).isEqualTo("hello\r\n");
            assertThat(Client.tcp(own.address(), "")).isEqualTo("hello");
        }
    }

    static class Hello implements io.socketharness.script.Behaviour {
        @Override
        public void run(io.socketharness.script.Connection connection) {
            connection.send("hello");
        }
    }
}

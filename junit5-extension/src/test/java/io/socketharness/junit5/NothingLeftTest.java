package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.JdkClient;
import io.socketharness.testing.ServerThreads;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class NothingLeftTest {

    @Test
    void fiftyTestsLeaveNoThread() {
        Run.of(Fifty.class).passed(50);

        assertThat(ServerThreads.alive()).isEmpty();
    }

    @Test
    void theCheckSeesTheThreadsOfARunningServer() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            assertThat(ServerThreads.alive())
                    .anyMatch(thread -> thread.contains(server.uri().toString()));
        }
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
            JdkClient.udp(udp.address(), "hello");
            assertThat(JdkClient.tcp(field.address(), "")).isEqualTo("hello\r\n");
            assertThat(JdkClient.tcp(shared.address(), "")).isEqualTo("hello\r\n");
            assertThat(JdkClient.tcp(own.address(), "")).isEqualTo("hello");
        }
    }

    static class Hello implements io.socketharness.script.Behaviour {
        @Override
        public void run(io.socketharness.script.Connection connection) {
            connection.send("hello");
        }
    }
}
